import { toUtcDay } from '@/lib/utils/format-date';

const DAY_MS = 86_400_000;

/** UTC days `YYYY-MM-DD`, both included. */
export interface DayRange {
  from: string;
  to: string;
}

function parseDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The UTC day so many days later. */
export function addDays(day: string, days: number): string {
  return toUtcDay(parseDay(day) + days * DAY_MS);
}

/** The same day of another month, or that month's last day when it is shorter. */
export function addMonths(day: string, months: number): string {
  const date = new Date(parseDay(day));
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const length = new Date(
    Date.UTC(new Date(first).getUTCFullYear(), new Date(first).getUTCMonth() + 1, 0),
  ).getUTCDate();
  return toUtcDay(first + (Math.min(date.getUTCDate(), length) - 1) * DAY_MS);
}

/** First day of the month the day lies in. */
export function startOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** Monday is 0. */
export function weekdayIndex(day: string): number {
  return (new Date(parseDay(day)).getUTCDay() + 6) % 7;
}

/** The weeks that show a month, Monday first; `null` where a neighbouring month begins. */
export function monthWeeks(monthStart: string): (string | null)[][] {
  const month = monthStart.slice(0, 7);
  const weeks: (string | null)[][] = [];
  let week: (string | null)[] = Array.from({ length: weekdayIndex(monthStart) }, () => null);
  for (let day = monthStart; day.startsWith(month); day = addDays(day, 1)) {
    week.push(day);
    if (week.length === 7) {
      weeks.push(week);
      week = [];
    }
  }
  if (week.length > 0) weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => null)]);
  return weeks;
}

/** Keeps a day within bounds; ISO days compare as text. */
export function clampDay(day: string, min: string, max: string): string {
  if (day < min) return min;
  return day > max ? max : day;
}

/** Where a key of the keyboard leads from a day; `null` when it leads nowhere. */
export function moveDay(day: string, key: string): string | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -weekdayIndex(day));
    case 'End':
      return addDays(day, 6 - weekdayIndex(day));
    case 'PageUp':
      return addMonths(day, -1);
    case 'PageDown':
      return addMonths(day, 1);
    default:
      return null;
  }
}
