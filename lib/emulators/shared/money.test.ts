import { describe, expect, it } from 'vitest';
import { nanoToDecimalString, nanoToNumber, parseNano } from './money';

describe('money in nano-dollars', () => {
  it.each([
    ['63.545944565', 63_545_944_565n],
    ['0', 0n],
    ['-0.5', -500_000_000n],
    ['1000000', 1_000_000_000_000_000n],
    ['0.0000000015', 2n],
    ['0.0000000014', 1n],
  ])('reads %s exactly', (text, nano) => {
    expect(parseNano(text)).toBe(nano);
  });

  it('reads numbers as they print, tiny ones too', () => {
    expect(parseNano(0.1)).toBe(100_000_000n);
    expect(parseNano(1e-9)).toBe(1n);
    expect(parseNano(4.5e-8)).toBe(45n);
  });

  it('writes without trailing zeros, and reads back what it wrote', () => {
    expect(nanoToDecimalString(12_500_000_000n)).toBe('12.5');
    expect(nanoToDecimalString(500_000_000_000n)).toBe('500');
    expect(nanoToDecimalString(-1n)).toBe('-0.000000001');
    for (const nano of [1n, 999_999_999n, 433_286_754_736n]) {
      expect(parseNano(nanoToDecimalString(nano))).toBe(nano);
      expect(parseNano(nanoToNumber(nano))).toBe(nano);
    }
  });

  it.each(['', 'abc', '1,5', '1.', 'NaN'])('refuses %j', (text) => {
    expect(() => parseNano(text)).toThrow(RangeError);
  });
});
