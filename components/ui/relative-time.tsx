'use client';

import { formatDateTime, formatRelative, type Moment, toDate } from '@/lib/utils/format-date';
import { useNow } from './use-now';

export interface RelativeTimeProps {
  at: Moment;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
  intervalMs?: number;
  className?: string;
}

/** `2 min ago`, with the exact moment in UTC on hover. */
export function RelativeTime({ at, now, intervalMs, className }: RelativeTimeProps) {
  const present = useNow(now, intervalMs);
  return (
    <time
      dateTime={toDate(at).toISOString()}
      title={formatDateTime(at)}
      className={className ?? 'whitespace-nowrap'}
    >
      {formatRelative(at, present)}
    </time>
  );
}
