import { parseUsd, type Usd } from '@/lib/domain/money/usd';

/** Readers for the fields that a key or a row can do without: anything unreadable is "not told". */

export function lenientUsd(value: unknown): Usd | null {
  return parseUsd(value);
}

export function lenientText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function lenientBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

/** A count as a number or numeric text; 0 when it is absent, negative or not a number. */
export function lenientCount(value: unknown): number {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isFinite(count) && count > 0 ? Math.round(count) : 0;
}

const STAMP =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * An instant from ISO text, from `YYYY-MM-DD HH:MM:SS` (seen at OpenRouter, UTC) or from a bare date;
 * null when it is none of these.
 */
export function lenientDate(value: unknown): Date | null {
  const parts = typeof value === 'string' ? STAMP.exec(value.trim()) : null;
  if (!parts) return null;
  const [, day, time = '00:00:00', zone = 'Z'] = parts;
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
