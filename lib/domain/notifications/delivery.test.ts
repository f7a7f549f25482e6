import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, nextTryIn } from './delivery';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

describe('the next try', () => {
  it('comes later each time, never later than six hours, and ends', () => {
    const waits = Array.from({ length: MAX_ATTEMPTS }, (_, index) => nextTryIn(index + 1));
    const seconds = [15, 60, 240, 960, 3_840, 15_360, 21_600];
    expect(waits).toEqual([...seconds.map((each) => each * SECOND), null]);
    expect(nextTryIn(MAX_ATTEMPTS + 3)).toBeNull();
  });

  it('waits as long as the receiver asks for, within six hours', () => {
    expect(nextTryIn(1, 120 * SECOND)).toBe(120 * SECOND);
    expect(nextTryIn(3, 5 * SECOND)).toBe(240 * SECOND);
    expect(nextTryIn(1, 48 * HOUR)).toBe(6 * HOUR);
  });
});
