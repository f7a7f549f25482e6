import { describe, expect, it } from 'vitest';
import { formatCount, formatCountCompact, formatPercent, formatPlural } from './format-number';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0.2, '0'],
    [1942, '1,942'],
    [1099402, '1,099,402'],
    [-1200, '−1,200'],
  ])('counts %d as %s', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });

  it('shortens big counts', () => {
    expect(formatCountCompact(1_099_402)).toBe('1.1M');
    expect(formatCountCompact(-4_500)).toBe('−4.5K');
  });

  it.each([
    [0.098, true, '+9.8%'],
    [-0.041, true, '−4.1%'],
    [-0.0001, true, '0.0%'],
    [0.0001, true, '0.0%'],
    [0.41, false, '41.0%'],
  ])('writes %d (signed: %s) as %s', (fraction, signed, text) => {
    expect(formatPercent(fraction, { signed })).toBe(text);
  });

  it('chooses the noun by the count', () => {
    expect(formatPlural(1, 'key')).toBe('1 key');
    expect(formatPlural(0, 'key')).toBe('0 keys');
    expect(formatPlural(1284, 'key')).toBe('1,284 keys');
    expect(formatPlural(2, 'policy', 'policies')).toBe('2 policies');
  });
});
