import { describe, expect, it } from 'vitest';
import { axisTicks, dayTotal, formatAxisValue, niceMax, seriesColor } from './chart-scale';

describe('chart scale', () => {
  it.each([
    [0, 1],
    [-3, 1],
    [1, 1],
    [1_141, 1_200],
    [1_200, 1_200],
    [1_201, 1_600],
    [0.037, 0.04],
    [98_000, 100_000],
  ])('the axis for %d ends at %d', (value, max) => {
    expect(niceMax(value)).toBe(max);
  });

  it('always reaches the value it is made for', () => {
    for (let value = 0.001; value < 1e7; value *= 1.37) expect(niceMax(value)).toBeGreaterThanOrEqual(value);
  });

  it('has even ticks', () => {
    expect(axisTicks(1_200)).toEqual([0, 300, 600, 900, 1_200]);
    expect(axisTicks(0.04)).toEqual([0, 0.01, 0.02, 0.03, 0.04]);
  });

  it('writes axis values short', () => {
    expect(formatAxisValue(0, 'usd')).toBe('$0');
    expect(formatAxisValue(1_200, 'usd')).toBe('$1,200');
    expect(formatAxisValue(2.5, 'usd')).toBe('$2.50');
    expect(formatAxisValue(250_000, 'usd')).toBe('$250K');
    expect(formatAxisValue(1_500_000, 'count')).toBe('1.5M');
  });

  it('sums a day over its series and counts what is absent as nothing', () => {
    const day = { day: '2026-11-20', state: 'final', values: { a: 1.5, b: 2 } } as const;
    const series = ['a', 'b', 'c'].map((key) => ({ key, label: key }));
    expect(dayTotal(day, series)).toBe(3.5);
  });

  it('gives the last colour to all series past the sixth', () => {
    expect(seriesColor({ key: 'x', label: 'x' }, 0)).toBe('var(--series-1)');
    expect(seriesColor({ key: 'x', label: 'x' }, 9)).toBe('var(--series-6)');
    expect(seriesColor({ key: 'x', label: 'x', color: 'red' }, 9)).toBe('red');
  });
});
