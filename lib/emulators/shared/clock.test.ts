import { describe, expect, it } from 'vitest';
import { dayText, EmulatorClock, startOfUtcDay, startOfUtcMonth, startOfUtcWeek, weekdayOf } from './clock';

describe('EmulatorClock', () => {
  it('stands still when frozen, moves when told, and goes back on reset', () => {
    const clock = new EmulatorClock({ now: '2026-08-03T10:00:00Z', freeze: true });
    clock.advance(90_000);
    expect(clock.now().toISOString()).toBe('2026-08-03T10:01:30.000Z');
    clock.set('2026-09-01T00:00:00Z');
    expect(clock.now().toISOString()).toBe('2026-09-01T00:00:00.000Z');
    clock.reset();
    expect(clock.now().toISOString()).toBe('2026-08-03T10:00:00.000Z');
  });

  it('runs on from where it was set, and freezes and thaws without a jump', () => {
    const clock = new EmulatorClock();
    clock.set('2030-01-01T00:00:00Z');
    const set = clock.now().getTime();
    expect(set - Date.parse('2030-01-01T00:00:00Z')).toBeLessThan(1000);
    clock.freeze();
    const frozen = clock.now().getTime();
    clock.thaw();
    expect(clock.now().getTime() - frozen).toBeLessThan(1000);
  });

  it('refuses what is no date', () => {
    expect(() => new EmulatorClock({ now: 'soon' })).toThrow(RangeError);
  });
});

describe('UTC periods', () => {
  it.each([
    ['2026-08-03T00:00:00Z', '2026-08-03'],
    ['2026-08-09T23:59:59Z', '2026-08-03'],
    ['2026-08-02T12:00:00Z', '2026-07-27'],
  ])('the week of %s begins on Monday %s', (at, monday) => {
    expect(startOfUtcWeek(new Date(at)).toISOString()).toBe(`${monday}T00:00:00.000Z`);
  });

  it('knows day, month and weekday', () => {
    const at = new Date('2026-12-31T23:59:59Z');
    expect(startOfUtcDay(at).toISOString()).toBe('2026-12-31T00:00:00.000Z');
    expect(startOfUtcMonth(at).toISOString()).toBe('2026-12-01T00:00:00.000Z');
    expect(weekdayOf(0)).toBe(3);
    expect(dayText(0)).toBe('1970-01-01');
  });
});
