import { describe, expect, it } from 'vitest';
import { markPlan, planRound, type RoundPlan } from './plan';

const rounds = (seed: string, count: number) =>
  Array.from({ length: count }, (_, index) => planRound(seed, index + 1));
const mark = (plans: readonly RoundPlan[]) => plans.reduce((before, plan) => markPlan(before, plan), '');

describe('the plan of a campaign', () => {
  it('is the same for the same seed, whatever was played before', () => {
    const [, , third] = rounds('1', 3);
    expect(planRound('1', 3)).toEqual(third);
    expect(mark(rounds('1', 40))).toBe(mark(rounds('1', 40)));
  });

  it('is another one for another seed or another round', () => {
    expect(mark(rounds('1', 5))).not.toBe(mark(rounds('2', 5)));
    expect(planRound('1', 1)).not.toEqual(planRound('1', 2));
  });

  it('holds every kind of thing that can happen', () => {
    const plans = rounds('1', 200);
    const kinds = new Set(plans.flatMap(({ operations }) => operations.map(({ kind }) => kind)));
    expect(kinds.size).toBe(25);
    expect(new Set(plans.flatMap(({ faults }) => faults.map(({ kind }) => kind))).size).toBe(11);
    expect(plans.some(({ kill }) => kill?.isWithDatabase)).toBe(true);
    expect(plans.some(({ clock }) => (clock?.skewMs ?? 0) < 0)).toBe(true);
    expect(plans.some(({ outside }) => outside !== null)).toBe(true);
  });
});
