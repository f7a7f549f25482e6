import { Big } from 'big.js';
import { describe, expect, it } from 'vitest';
import { addUsd, parseUsd, subtractUsd, sumUsd, usd } from './usd';

describe('a sum', () => {
  it('takes any number of amounts', () => {
    expect(sumUsd([])).toBe('0');
    expect(sumUsd(Array(200_000).fill(usd('0.1')))).toBe('20000');
  });
});

describe('a difference', () => {
  it('is the same whichever way it is worked out', () => {
    const places = [0, 1, 2, 6, 9, 14, 20];
    let state = 7;
    const draw = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    const amount = () => {
      const whole = String(draw(3) === 0 ? 0 : draw(1_000_000));
      const decimals = Array.from({ length: places[draw(places.length)] ?? 0 }, () => draw(10)).join('');
      return usd(`${draw(4) === 0 ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`);
    };
    for (let round = 0; round < 3_000; round += 1) {
      const [from, taken] = [amount(), amount()];
      const expected = usd(new Big(from).minus(taken).toFixed());
      expect(subtractUsd(from, taken), `${from} - ${taken}`).toBe(expected);
    }
    for (const [from, taken, left] of [
      ['0.3', '0.1', '0.2'],
      ['1', '1.000000000000000001', '-0.000000000000000001'],
      ['9007199254740993', '1', '9007199254740992'],
      ['100', '100', '0'],
      ['5', '0.5', '4.5'],
      ['-1', '0.25', '-1.25'],
      ['10', '0', '10'],
    ] as const) {
      expect(subtractUsd(usd(from), usd(taken))).toBe(left);
    }
  });
});

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
