import { formatDay, formatDayYear } from '@/lib/utils/format-date';
import type { ChartDay } from './chart-types';

/** How the days of an axis are written: with the year where there are two. */
export function dayTick(days: readonly ChartDay[]): (day: string) => string {
  return days[0]?.day.slice(0, 4) === days.at(-1)?.day.slice(0, 4) ? formatDay : formatDayYear;
}
