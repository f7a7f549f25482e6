import { describe, expect, it } from 'vitest';
import { dayTotal, seriesColor, valueAxis } from './chart-scale';
import type { ChartUnit } from './chart-types';

const words = (highest: number, unit: ChartUnit) => {
  const { ticks, label } = valueAxis(highest, unit);
  return ticks.map(label);
};

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
  ])('the axis for $%d ends at $%d', (value, max) => {
    expect(valueAxis(value, 'usd').max).toBe(max);
  });

  it.each([
    [0, 'usd', ['$0', '$0.25', '$0.50', '$0.75', '$1.00']],
    [0.0000001, 'usd', ['$0', '$0.000001', '$0.000002', '$0.000003', '$0.000004']],
    [0.0003, 'usd', ['$0', '$0.00008', '$0.00016', '$0.00024', '$0.00032']],
    [0.02, 'usd', ['$0', '$0.005', '$0.010', '$0.015', '$0.020']],
    [9.5, 'usd', ['$0', '$2.50', '$5.00', '$7.50', '$10.00']],
    [18, 'usd', ['$0', '$5', '$10', '$15', '$20']],
    [1_200, 'usd', ['$0', '$300', '$600', '$900', '$1,200']],
    [119_000, 'usd', ['$0', '$30K', '$60K', '$90K', '$120K']],
    [3_900_000, 'usd', ['$0', '$1M', '$2M', '$3M', '$4M']],
    [0, 'count', ['0', '1', '2', '3', '4']],
    [1, 'count', ['0', '1', '2', '3', '4']],
    [5, 'count', ['0', '2', '4', '6', '8']],
    [1_500_000, 'count', ['0', '400K', '800K', '1.2M', '1.6M']],
  ] as const)('%d in %s reads %j', (highest, unit, expected) => {
    expect(words(highest, unit)).toEqual(expected);
  });

  it.each(['usd', 'count'] as const)('reaches every value in %s, and no two ticks read the same', (unit) => {
    for (let value = 1e-8; value < 1e10; value *= 1.17) {
      const { max, ticks, label } = valueAxis(value, unit);
      expect(max).toBeGreaterThanOrEqual(value * (1 - 1e-9));
      expect(new Set(ticks.map(label)).size, `${value}: ${ticks.map(label).join(' ')}`).toBe(5);
    }
  });

  it('makes room for long words', () => {
    expect(valueAxis(1_200, 'usd').width).toBe(58);
    expect(valueAxis(0.000003, 'usd').width).toBeGreaterThan(58);
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
