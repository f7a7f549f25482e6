import { describe, expect, it } from 'vitest';
import { keyNames } from './people';
import { createPrng } from './prng';

const draws = (seed: number | string): number[] => {
  const prng = createPrng(seed);
  return Array.from({ length: 50 }, () => prng.next());
};

describe('createPrng', () => {
  it('gives the same sequence for the same seed and another one for another', () => {
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
    expect(draws(7)).toEqual(draws('7'));
  });

  it('forks by label, whatever was drawn before', () => {
    const fresh = createPrng(1).fork('a').next();
    const used = createPrng(1);
    used.next();
    expect(used.fork('a').next()).toBe(fresh);
    expect(used.fork('b').next()).not.toBe(fresh);
  });

  it('keeps whole numbers within their bounds and reaches both', () => {
    const prng = createPrng(3);
    const seen = new Set(Array.from({ length: 500 }, () => prng.int(2, 5)));
    expect([...seen].sort()).toEqual([2, 3, 4, 5]);
  });

  it('makes digits and UUIDs of the right form', () => {
    const prng = createPrng(5);
    expect(prng.hex(64)).toMatch(/^[0-9a-f]{64}$/);
    expect(prng.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(() => prng.pick([])).toThrow(RangeError);
  });
});

describe('keyNames', () => {
  it('are unique, however many', () => {
    expect(new Set(keyNames(createPrng(1), 10_000)).size).toBe(10_000);
  });
});
