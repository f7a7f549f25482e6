'use client';

import { useNow } from '@/components/ui/use-now';
import { useFreshness } from '@/lib/client/reads';
import type { FreshnessView } from '@/lib/domain/usage/freshness-view';
import { Freshness } from './freshness';
import { toFreshnessLine } from './freshness-line';

interface LiveFreshnessProps {
  initial: FreshnessView;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

/** How old the data is, kept up to date while the page stands. */
export function LiveFreshness({ initial, now }: LiveFreshnessProps) {
  const view = useFreshness(initial) ?? initial;
  const present = useNow(now, 10_000);
  return <Freshness view={toFreshnessLine(view, present)} now={now} href="/connections" />;
}
