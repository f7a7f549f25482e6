'use client';

import { formatDateTime, formatDuration, type Moment, toDate } from '@/lib/utils/format-date';
import { Badge } from './badge';
import { useNow } from './use-now';

/** What ends is given so long before it counts as late. */
const LATE_AFTER_MS = 15_000;

export interface CountdownProps {
  at: Moment;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
  /** Before the time that is left: "Raised". */
  label?: string;
  className?: string;
}

/** `3 d left`, or loudly `Overdue` once the moment has passed; the exact moment in UTC on hover. */
export function Countdown({ at, now, label, className }: CountdownProps) {
  const left = toDate(at).getTime() - useNow(now, 5_000);
  const isLate = left < -LATE_AFTER_MS;
  const text = isLate ? 'Overdue' : left <= 0 ? 'Ends now' : `${formatDuration(left)} left`;
  return (
    <Badge tone={isLate ? 'bad' : 'accent'} title={`Until ${formatDateTime(at)}`} className={className}>
      {label ? `${label}, ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text}
    </Badge>
  );
}
