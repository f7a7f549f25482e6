import { describe, expect, it } from 'vitest';
import { addDays, addMonths, clampDay, monthWeeks, moveDay, weekdayIndex } from './calendar-days';

describe('calendar days', () => {
  it('steps over month ends, leap days and summer time', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });

  it('keeps the day of the month where the other month has it', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
  });

  it('starts weeks on Monday and shows each day of a month once', () => {
    expect(weekdayIndex('2026-11-02')).toBe(0);
    const weeks = monthWeeks('2026-11-01');
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30);
    expect(monthWeeks('2027-02-01')).toHaveLength(4);
  });

  it.each([
    ['ArrowLeft', '2026-11-18'],
    ['ArrowRight', '2026-11-20'],
    ['ArrowUp', '2026-11-12'],
    ['ArrowDown', '2026-11-26'],
    ['Home', '2026-11-16'],
    ['End', '2026-11-22'],
    ['PageUp', '2026-10-19'],
    ['PageDown', '2026-12-19'],
    ['a', null],
  ])('%s leads from Thursday 19 November to %s', (key, day) => {
    expect(moveDay('2026-11-19', key)).toBe(day);
  });

  it('stays within bounds', () => {
    expect(clampDay('2026-01-01', '2026-02-01', '2026-03-01')).toBe('2026-02-01');
    expect(clampDay('2026-04-01', '2026-02-01', '2026-03-01')).toBe('2026-03-01');
  });
});
