import { describe, expect, it } from 'vitest';
import { capped, UNLIMITED } from '../limits/limit';
import { usd, ZERO_USD } from '../money/usd';
import type { Bound, Stack } from './bound';
import { leftInAll } from './left-in-all';

const pool = (name: string, amount: number): Bound => {
  return {
    kind: 'workspace',
    name: null,
    amount: usd(amount),
    period: 'monthly',
    used: ZERO_USD,
    pool: name,
    isPersonal: false,
  };
};
const key = (left: number | null, above: readonly Bound[]): Stack => ({
  limit: left === null ? UNLIMITED : capped(usd(left + 1), 'monthly'),
  used: left === null ? null : usd(1),
  above,
  notKnown: [],
});

/** Spends dollar by dollar, one key after the other, until none gets through: the most, where budgets lie within one another. */
function spendAll(stacks: readonly Stack[]): number {
  const counters = new Map<string, number>();
  const own = stacks.map(({ limit }) =>
    limit.kind === 'capped' ? Number(limit.amount) - 1 : Number.POSITIVE_INFINITY,
  );
  const ways = stacks.map(({ above }) =>
    above.map(({ pool: name, amount }) => ({ name: name ?? '', most: Number(amount) })),
  );
  let spent = 0;
  for (let isOn = true; isOn; ) {
    isOn = false;
    for (const [at, way] of ways.entries()) {
      const left = own[at] ?? 0;
      if (left <= 0 || way.some(({ name, most }) => (counters.get(name) ?? 0) >= most)) continue;
      own[at] = left - 1;
      for (const { name } of way) counters.set(name, (counters.get(name) ?? 0) + 1);
      spent += 1;
      isOn = true;
    }
  }
  return spent;
}

describe('what keys can still spend together', () => {
  it('is what spending dollar by dollar comes to, over random budgets within one another', () => {
    let state = 7;
    const below = (bound: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * bound);
    };
    for (let run = 0; run < 400; run += 1) {
      const balance = pool('balance', below(40));
      const workspaces = Array.from({ length: 1 + below(3) }, (_, at) => pool(`workspace ${at}`, below(20)));
      const stacks = Array.from({ length: 1 + below(8) }, () => {
        const workspace = workspaces[below(workspaces.length)] ?? balance;
        const person = pool(`${workspace.pool} person ${below(2)}`, 9);
        return key(
          below(4) === 0 ? null : below(12),
          below(2) ? [person, workspace, balance] : [workspace, balance],
        );
      });
      expect({ run, left: leftInAll(stacks).left }).toEqual({ run, left: String(spendAll(stacks)) });
    }
  });

  it('is not a sum where a key has no known limit at all', () => {
    expect(leftInAll([key(5, []), key(null, [])])).toEqual({ left: null, open: 1, isAtMost: false });
    expect(leftInAll([])).toEqual({ left: '0', open: 0, isAtMost: false });
  });

  it('says that it may be less when something is not known', () => {
    expect(leftInAll([{ ...key(5, []), notKnown: ['guardrail'] }])).toEqual({
      left: '5',
      open: 0,
      isAtMost: true,
    });
    expect(leftInAll([key(5, [{ ...pool('a', 3), used: null }])])).toEqual({
      left: '3',
      open: 0,
      isAtMost: true,
    });
  });
});
