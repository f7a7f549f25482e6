const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A moment: epoch milliseconds, a Date, an ISO instant, or a UTC day `YYYY-MM-DD` (its first moment). */
export type Moment = number | string | Date;

/** The moment as a Date. Throws RangeError when it is none. */
export function toDate(moment: Moment): Date {
  const date = moment instanceof Date ? moment : new Date(moment);
  if (Number.isNaN(date.getTime())) throw new RangeError('Not a moment in time');
  return date;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function monthName(date: Date): string {
  return MONTHS[date.getUTCMonth()] ?? '';
}

function clock(date: Date): string {
  return `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
}

/** UTC day as `YYYY-MM-DD`. */
export function toUtcDay(moment: Moment): string {
  return toDate(moment).toISOString().slice(0, 10);
}

/** `20 Nov` (UTC). */
export function formatDay(moment: Moment): string {
  const date = toDate(moment);
  return `${date.getUTCDate()} ${monthName(date)}`;
}

/** `28 Nov 2026` (UTC). */
export function formatDayYear(moment: Moment): string {
  return `${formatDay(moment)} ${toDate(moment).getUTCFullYear()}`;
}

/** `November 2026` (UTC). */
export function formatMonth(moment: Moment): string {
  const date = toDate(moment);
  return `${LONG_MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** `30 Nov 2026, 23:59 UTC`. */
export function formatDateTime(moment: Moment): string {
  const date = toDate(moment);
  return `${formatDayYear(date)}, ${clock(date)} UTC`;
}

/** `Mon 00:00 UTC`: for a reset within the week. */
export function formatWeekdayTime(moment: Moment): string {
  const date = toDate(moment);
  return `${WEEKDAYS[date.getUTCDay()] ?? ''} ${clock(date)} UTC`;
}

/** `1–30 Nov 2026`, `28 Oct – 3 Nov 2026`, `28 Dec 2025 – 3 Jan 2026`; both days included. */
export function formatDayRange(from: Moment, to: Moment): string {
  const start = toDate(from);
  const end = toDate(to);
  if (start.getUTCFullYear() !== end.getUTCFullYear())
    return `${formatDayYear(start)} – ${formatDayYear(end)}`;
  if (start.getUTCMonth() !== end.getUTCMonth()) return `${formatDay(start)} – ${formatDayYear(end)}`;
  if (start.getUTCDate() === end.getUTCDate()) return formatDayYear(end);
  return `${start.getUTCDate()}–${formatDayYear(end)}`;
}

/** One unit, rounded down: `14 s`, `2 min`, `1 h`, `12 d`, `1 y`. Negative lengths count as their size. */
export function formatDuration(lengthMs: number): string {
  const size = Math.abs(lengthMs);
  if (size < MINUTE) return `${Math.floor(size / SECOND)} s`;
  if (size < HOUR) return `${Math.floor(size / MINUTE)} min`;
  if (size < DAY) return `${Math.floor(size / HOUR)} h`;
  if (size < YEAR) return `${Math.floor(size / DAY)} d`;
  return `${Math.floor(size / YEAR)} y`;
}

/** `just now` within ten seconds either way, else `2 min ago` or `in 6 d`. */
export function formatRelative(moment: Moment, now: Moment): string {
  const distance = toDate(moment).getTime() - toDate(now).getTime();
  if (Math.abs(distance) < 10 * SECOND) return 'just now';
  return distance < 0 ? `${formatDuration(distance)} ago` : `in ${formatDuration(distance)}`;
}
