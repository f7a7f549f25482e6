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

/** The shared clock lags behind by up to its interval: what just happened is not in the future. */
function settledPresent(at: Moment, present: number): number {
  const moment = toDate(at).getTime();
  return moment > present && moment - present < 60_000 ? moment : present;
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
      {formatRelative(at, settledPresent(at, present))}
    </time>
  );
}
