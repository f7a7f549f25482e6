import { describe, expect, it } from 'vitest';
import { formatUsd, formatUsdCompact, formatUsdShort } from './format-money';

describe('formatUsd', () => {
  it.each([
    ['0', '$0.00'],
    ['412.88', '$412.88'],
    ['18204.605', '$18,204.61'],
    ['1.005', '$1.01'],
    ['1.0049999999999999999', '$1.00'],
    ['2.675', '$2.68'],
    ['999.995', '$1,000.00'],
    ['123456789012345678.125', '$123,456,789,012,345,678.13'],
    ['-0.005', '−$0.01'],
    ['-0.004', '$0.00'],
    ['-1234.5', '−$1,234.50'],
    ['1e-7', '$0.00'],
  ])('draws %s as %s, rounding half up without floating point', (amount, text) => {
    expect(formatUsd(amount)).toBe(text);
  });

  it('draws as many decimals as asked', () => {
    expect(formatUsd('0.00254', { digits: 4 })).toBe('$0.0025');
    expect(formatUsd('28770.4', { digits: 0 })).toBe('$28,770');
  });

  it('signs differences on request, and never zero', () => {
    expect(formatUsd('12.4', { signed: true })).toBe('+$12.40');
    expect(formatUsd('-12.4', { signed: true })).toBe('−$12.40');
    expect(formatUsd('0.001', { signed: true })).toBe('$0.00');
  });

  it('refuses text that is no number', () => {
    expect(() => formatUsd('12,40')).toThrow();
  });
});

describe('formatUsdShort', () => {
  it.each([
    ['380', '$380'],
    ['380.00', '$380'],
    ['0.01', '$0.01'],
    ['12.4', '$12.40'],
    ['0.0025', '$0.0025'],
    ['0.12345678', '$0.123457'],
    ['1500', '$1,500'],
    ['-3', '−$3'],
  ])('draws %s as %s', (amount, text) => {
    expect(formatUsdShort(amount)).toBe(text);
  });
});

describe('formatUsdCompact', () => {
  it.each([
    ['0', '$0'],
    ['0.04', '$0.04'],
    ['9.994', '$9.99'],
    ['10.4', '$10'],
    ['999.4', '$999'],
    ['999.5', '$1K'],
    ['1200', '$1.2K'],
    ['18204.61', '$18.2K'],
    ['999949', '$999.9K'],
    ['999950', '$1M'],
    ['1250000', '$1.3M'],
    ['-4500', '−$4.5K'],
  ])('draws %s as %s', (amount, text) => {
    expect(formatUsdCompact(amount)).toBe(text);
  });
});
