import { describe, expect, it } from 'vitest';
import { createAnalyticsSizing, MAX_ROWS } from './analytics-sizing';

const callsFor = (keys: number, days: number, size: { keys: number; days: number }) =>
  Math.ceil(keys / size.keys) * Math.ceil(days / size.days);

describe('the size of questions to analytics', () => {
  it.each([
    [1, 365],
    [120, 7],
    [10_000, 1],
    [10_000, 7],
    [10_000, 112],
  ])('for %i keys over %i days stays below what an answer may hold', (keys, days) => {
    const size = createAnalyticsSizing().sizeFor(keys, days);
    expect(size.days).toBeLessThanOrEqual(days);
    expect(Math.min(keys, size.keys) * size.days * 3).toBeLessThan(MAX_ROWS);
  });

  it('asks for few keys over the whole time at once', () => {
    const size = createAnalyticsSizing().sizeFor(5, 365);
    expect(size.days).toBe(365);
    expect(size.keys).toBeGreaterThanOrEqual(5);
  });

  it('grows when keys turn out to use fewer models, and needs fewer calls', () => {
    const sizing = createAnalyticsSizing();
    const before = callsFor(10_000, 30, sizing.sizeFor(10_000, 30));
    for (let answer = 0; answer < 20; answer += 1) sizing.learn({ keys: 500, days: 4 }, 2_000);
    const after = callsFor(10_000, 30, sizing.sizeFor(10_000, 30));
    expect(before).toBeGreaterThan(2 * after);
    expect(after).toBeLessThanOrEqual(45);
  });

  it('shrinks at once after an answer that was fuller than expected', () => {
    const sizing = createAnalyticsSizing();
    sizing.learn({ keys: 500, days: 2 }, 9_000);
    expect(sizing.daysFor(500)).toBe(1);
    expect(sizing.sizeFor(10_000, 1).keys).toBe(Math.floor(8_000 / 9));
  });

  it('never again asks for as many keys as were refused', () => {
    const sizing = createAnalyticsSizing();
    sizing.learnRefusal(300);
    expect(sizing.sizeFor(10_000, 1).keys).toBe(150);
    sizing.learnRefusal(2_000);
    expect(sizing.sizeFor(10_000, 1).keys).toBe(150);
  });
});
