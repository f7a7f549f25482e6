import { DAY_MS, HOUR_MS } from '../shared/clock';
import { badRequest } from './errors';
import type { RequestySwitches } from './switches';

export type Resolution = 'hour' | 'day' | 'month';

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Epoch milliseconds of an RFC 3339 date-time. Throws a 400 that names the field. */
export function parseDateTime(value: string, field: string): number {
  const parts = RFC3339.exec(value);
  const parsed = Date.parse(value.toUpperCase());
  if (!parts?.[1] || Number.isNaN(parsed) || !isCalendarDay(parts[1])) {
    throw badRequest(`${field} must be an RFC3339 date-time`);
  }
  return parsed;
}

/** Start of a UTC day from `YYYY-MM-DD`, the classic generation's form. Throws a 400 that names the field. */
export function parseDay(value: string, field: string): number {
  if (!DATE.test(value) || !isCalendarDay(value)) throw badRequest(`${field} must be a date (YYYY-MM-DD)`);
  return Date.parse(`${value}T00:00:00Z`);
}

function isCalendarDay(day: string): boolean {
  const parsed = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().slice(0, 10) === day;
}

/** Start of the UTC hour, day or month that holds the instant. */
export function startOfPeriod(at: number, resolution: Resolution): number {
  if (resolution === 'hour') return at - (at % HOUR_MS);
  if (resolution === 'day') return at - (at % DAY_MS);
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** Start of the period after the one that starts at `start`. */
export function nextPeriod(start: number, resolution: Resolution): number {
  if (resolution === 'hour') return start + HOUR_MS;
  if (resolution === 'day') return start + DAY_MS;
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** Seconds precision, `Z`: the form of `created_at`. */
export const formatInstant = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** Requesty documents no form for the keys of `usage`; clients have met several. */
export function formatPeriod(start: number, resolution: Resolution, switches: RequestySwitches): string {
  const instant = formatInstant(start);
  if (resolution === 'hour') return formatRfc3339(instant, switches.hourKey);
  if (resolution === 'day') {
    return switches.dayKey === 'date' ? instant.slice(0, 10) : formatRfc3339(instant, switches.dayKey);
  }
  if (switches.monthKey === 'month') return instant.slice(0, 7);
  return switches.monthKey === 'rfc3339' ? instant : instant.slice(0, 10);
}

function formatRfc3339(instant: string, form: RequestySwitches['hourKey']): string {
  if (form === 'rfc3339') return instant;
  return instant.replace('Z', form === 'rfc3339-fraction' ? '.000Z' : '+00:00');
}
