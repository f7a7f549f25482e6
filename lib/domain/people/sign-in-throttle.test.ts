import { describe, expect, it } from 'vitest';
import { accountRule, countTry, type ThrottleState, waitMs } from './sign-in-throttle';

const start = new Date('2026-11-20T10:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);

function tries(count: number): ThrottleState {
  let state: ThrottleState | null = null;
  for (let done = 0; done < count; done++) state = countTry(state, accountRule, start);
  if (state === null) throw new Error('no try was counted');
  return state;
}

describe('the sign-in throttle', () => {
  it.each([
    [1, 0],
    [4, 0],
    [5, 1_000],
    [6, 2_000],
    [8, 8_000],
    [14, 512_000],
    [15, 900_000],
    [60, 900_000],
  ])('after %d tries asks to wait %d ms', (count, wait) => {
    expect(waitMs(tries(count), start)).toBe(wait);
  });

  it('lets the next try through when the wait is over, and not a moment sooner', () => {
    const state = tries(6);
    expect(waitMs(state, later(1_999))).toBe(1);
    expect(waitMs(state, later(2_000))).toBe(0);
  });

  it('counts anew an hour after the first try', () => {
    const state = tries(20);
    expect(countTry(state, accountRule, later(3_600_000 - 1)).failures).toBe(21);
    const anew = countTry(state, accountRule, later(3_600_000));
    expect(anew).toEqual({ failures: 1, windowStartedAt: later(3_600_000), blockedUntil: null });
  });
});
