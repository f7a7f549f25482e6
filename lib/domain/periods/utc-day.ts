/** A UTC calendar day as `YYYY-MM-DD`. */
export type UtcDay = string & { readonly __brand: 'UtcDay' };

const DAY_MS = 86_400_000;
const FORM = /^\d{4}-\d{2}-\d{2}$/;

export function utcDayOf(instant: Date): UtcDay {
  return instant.toISOString().slice(0, 10) as UtcDay;
}

/** Reads the leading `YYYY-MM-DD` of a text; null when it is not a real day. */
export function parseUtcDay(text: string): UtcDay | null {
  const day = text.slice(0, 10);
  if (!FORM.test(day)) return null;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || utcDayOf(at) !== day ? null : (day as UtcDay);
}

export function startOfUtcDay(day: UtcDay): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function addDays(day: UtcDay, days: number): UtcDay {
  return utcDayOf(new Date(startOfUtcDay(day).getTime() + days * DAY_MS));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: UtcDay, to: UtcDay): number {
  return Math.round((startOfUtcDay(to).getTime() - startOfUtcDay(from).getTime()) / DAY_MS);
}

/** Every day from `from` to `to`, both included; empty when `to` is earlier. */
export function eachDay(from: UtcDay, to: UtcDay): UtcDay[] {
  const count = daysBetween(from, to) + 1;
  return count > 0 ? Array.from({ length: count }, (_, index) => addDays(from, index)) : [];
}

export function firstOfMonth(day: UtcDay): UtcDay {
  return `${day.slice(0, 7)}-01` as UtcDay;
}

export function lastOfMonth(day: UtcDay): UtcDay {
  return addDays(firstOfMonth(addMonths(firstOfMonth(day), 1)), -1);
}

/** The same day of another month, or that month's last day when it is shorter. */
export function addMonths(day: UtcDay, months: number): UtcDay {
  const at = startOfUtcDay(day);
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(at.getUTCDate(), length));
  return utcDayOf(first);
}
