import { describe, expect, it } from 'vitest';
import {
  formatDateTime,
  formatDay,
  formatDayRange,
  formatDayYear,
  formatDuration,
  formatMonth,
  formatRelative,
  formatWeekdayTime,
  toUtcDay,
} from './format-date';

const now = Date.UTC(2026, 10, 20, 12, 0, 0);

describe('UTC dates', () => {
  it('names the UTC day whatever the offset the instant was written with', () => {
    expect(formatDay('2026-11-20T23:59:59.999Z')).toBe('20 Nov');
    expect(formatDay('2026-11-20T23:30:00-05:00')).toBe('21 Nov');
    expect(toUtcDay('2026-11-21T00:30:00+02:00')).toBe('2026-11-20');
  });

  it('writes days, months, moments and resets', () => {
    expect(formatDayYear('2026-11-28')).toBe('28 Nov 2026');
    expect(formatMonth('2026-02-28')).toBe('February 2026');
    expect(formatDateTime('2026-11-30T23:59:00Z')).toBe('30 Nov 2026, 23:59 UTC');
    expect(formatWeekdayTime('2026-11-23T00:00:00Z')).toBe('Mon 00:00 UTC');
  });

  it.each([
    ['2026-11-01', '2026-11-30', '1–30 Nov 2026'],
    ['2026-11-20', '2026-11-20', '20 Nov 2026'],
    ['2026-10-28', '2026-11-03', '28 Oct – 3 Nov 2026'],
    ['2025-12-28', '2026-01-03', '28 Dec 2025 – 3 Jan 2026'],
  ])('writes the range %s to %s as %s', (from, to, text) => {
    expect(formatDayRange(from, to)).toBe(text);
  });

  it('refuses what is no moment', () => {
    expect(() => formatDay('soon')).toThrow(RangeError);
  });
});

describe('relative times', () => {
  it.each([
    [0, 'just now'],
    [-9_999, 'just now'],
    [-10_000, '10 s ago'],
    [-59_999, '59 s ago'],
    [-60_000, '1 min ago'],
    [-3_599_999, '59 min ago'],
    [-3_600_000, '1 h ago'],
    [-86_399_999, '23 h ago'],
    [-86_400_000, '1 d ago'],
    [-47 * 86_400_000, '47 d ago'],
    [-365 * 86_400_000, '1 y ago'],
    [6 * 86_400_000, 'in 6 d'],
    [90_000, 'in 1 min'],
  ])('%d ms from now reads "%s"', (offset, text) => {
    expect(formatRelative(now + offset, now)).toBe(text);
  });

  it('rounds lengths down to one unit', () => {
    expect(formatDuration(2 * 3_600_000 + 3_599_000)).toBe('2 h');
    expect(formatDuration(-5_000)).toBe('5 s');
  });
});
