'use client';

import Link from 'next/link';
import { useNow } from '@/components/ui/use-now';
import { cn } from '@/lib/utils/cn';
import { formatDateTime } from '@/lib/utils/format-date';
import { describeFreshness, type FreshnessView } from './freshness-text';

const dots = {
  fresh: 'bg-ok-fill',
  reading: 'bg-accent animate-breathe',
  stale: 'bg-warn-fill rotate-45 rounded-[1px]',
  failed: 'bg-bad rounded-[1px]',
  none: 'border border-edge',
} as const;

const words = {
  fresh: 'text-muted',
  reading: 'text-muted',
  stale: 'text-warn',
  failed: 'text-bad',
  none: 'text-muted',
} as const;

export interface FreshnessProps {
  view: FreshnessView;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
  /** Where the whole story stands. */
  href: string;
}

/** How old what one sees is, always in words; the dot only repeats them. */
export function Freshness({ view, now, href }: FreshnessProps) {
  const present = useNow(now, 10_000);
  const oldest = view.syncedAt === null ? undefined : `Data as of ${formatDateTime(view.syncedAt)}`;
  return (
    <Link
      prefetch={false}
      href={href}
      title={oldest}
      data-freshness={view.state}
      className={cn(
        'inline-flex min-w-0 items-center gap-2 rounded-control text-sm hover:underline',
        words[view.state],
      )}
    >
      <span aria-hidden="true" className={cn('size-1.75 shrink-0 rounded-full', dots[view.state])} />
      <span className="min-w-0">{describeFreshness(view, present)}</span>
    </Link>
  );
}
