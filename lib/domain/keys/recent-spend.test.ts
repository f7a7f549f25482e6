import { describe, expect, it } from 'vitest';
import { addDays, utcDayOf } from '../periods/utc-day';
import { barOf, barValues, decodeRecentSpend, lastUseOf, peakDay, RECENT_DAYS } from './recent-spend';

const from = addDays(utcDayOf(new Date('2026-11-20T12:00:00Z')), 1 - RECENT_DAYS);
const known = '1'.repeat(RECENT_DAYS);

describe('bars of 30 days', () => {
  it('keep the shape: the highest day is 1, any spend is above the ground', () => {
    const values = [0, 10, 5, 0.000001];
    const bars = values
      .map((value) => barOf(value, 10))
      .join('')
      .padEnd(RECENT_DAYS, 'A');
    const drawn = barValues(bars, known);
    expect(drawn[1]).toBe(1);
    expect(drawn[2]).toBeCloseTo(0.5, 1);
    expect(drawn[3]).toBeGreaterThan(0);
    expect(drawn[0]).toBe(0);
    expect(drawn).toHaveLength(RECENT_DAYS);
  });

  it('never draw a day that was not read as zero', () => {
    const drawn = barValues('A'.repeat(RECENT_DAYS), `0${known.slice(1)}`);
    expect(drawn[0]).toBeNull();
    expect(drawn[1]).toBe(0);
  });
});

describe('what is known of a key', () => {
  const recent = decodeRecentSpend({
    from,
    known: { 1: known },
    shared: [],
    columns: {
      id: [7],
      bars: [`${barOf(3, 6)}${barOf(6, 6)}`.padEnd(RECENT_DAYS, 'A')],
      peak: [6],
      total: [9],
      pace: [0],
      lastDay: [1],
    },
  });

  it('names the highest day', () => {
    expect(peakDay(recent.of(7), recent.from)).toBe(addDays(from, 1));
    expect(peakDay(recent.of(8), recent.from)).toBeNull();
  });

  it('has nothing for keys and connections that are not in it', () => {
    expect(recent.of(8)).toMatchObject({ total: 0, pace: 0, lastUsedDayMs: null });
    expect(barValues(recent.of(8).bars, recent.known(9)).every((value) => value === null)).toBe(true);
  });

  it('takes the later of the moment told and the day counted', () => {
    const day = addDays(from, 1);
    const dayMs = Date.parse(`${day}T00:00:00Z`);
    expect(lastUseOf({ id: 7, lastUsedAtMs: dayMs - 1 }, recent)).toEqual({ atMs: dayMs, isDay: true });
    expect(lastUseOf({ id: 7, lastUsedAtMs: dayMs + 5 }, recent)).toEqual({ atMs: dayMs + 5, isDay: false });
    expect(lastUseOf({ id: 8, lastUsedAtMs: null }, recent)).toBeNull();
  });
});
