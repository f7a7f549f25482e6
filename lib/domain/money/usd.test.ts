import { describe, expect, it } from 'vitest';
import { addUsd, parseUsd, usd } from './usd';

describe('reading dollars', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.0', '0'],
    ['00', '0'],
    ['007.50', '7.5'],
    ['-0.10', '-0.1'],
    ['-0.5', '-0.5'],
    ['12', '12'],
    ['120', '120'],
    ['12.', '12'],
    ['.5', '0.5'],
    ['+3', '3'],
    ['1e3', '1000'],
    [' 4.20 ', '4.2'],
    ['268.10000000000005', '268.10000000000005'],
    [1e-9, '0.000000001'],
    [-0, '0'],
    [0.1, '0.1'],
  ])('writes %o in the one canonical way: %s', (value, text) => {
    expect(parseUsd(value)).toBe(text);
  });

  it.each(['', '-', '1,000', '0x10', 'NaN', '1.2.3', '12\n3', Number.NaN, Number.POSITIVE_INFINITY, null])(
    'refuses %o',
    (value) => expect(parseUsd(value)).toBeNull(),
  );

  it('sums without losing a digit', () => {
    expect(addUsd(usd('0.1'), usd('0.2'), usd('268.10000000000005'))).toBe('268.40000000000005');
  });
});
