import { describe, expect, it } from 'vitest';
import { ableConnection, limitedConnection, makeKeyRow } from '@/lib/testing/key-row';
import { BLOCKED, capped } from '../limits/limit';
import { usd } from '../money/usd';
import { planBulk } from './bulk-plan';

const cap = capped(usd(50), 'monthly');
const able = makeKeyRow({ id: 1 });
const limited = makeKeyRow({ id: 2, connection: limitedConnection, limit: capped(usd(20), 'monthly') });

describe('planning a change of many keys', () => {
  it.each([
    [{ status: 'deleted' as const }, 'It was deleted.'],
    [{ status: 'gone' as const }, 'It is no longer found at the provider.'],
    [{ connection: { ...ableConnection, state: 'paused' as const } }, 'OpenRouter is paused.'],
    [{ connection: { ...ableConnection, state: 'removed' as const } }, 'OpenRouter was removed.'],
  ])('skips what cannot be reached, and says why: %o', (values, reason) => {
    const row = makeKeyRow({ id: 1, ...values });
    expect(planBulk([row], { kind: 'limit', limit: cap })).toEqual({ steps: [], skips: [{ row, reason }] });
  });

  it('sets a limit where it differs and the provider can hold it', () => {
    const same = makeKeyRow({ id: 3, limit: cap });
    const plan = planBulk([able, limited, same], { kind: 'limit', limit: cap });
    expect(plan.steps.map(({ row }) => row.id)).toEqual([1, 2]);
    expect(plan.skips).toEqual([{ row: same, reason: 'It has this limit already.' }]);
  });

  it('never plans a block or a foreign period where the provider has none', () => {
    const blocked = planBulk([limited], { kind: 'limit', limit: BLOCKED });
    expect(blocked.steps).toEqual([]);
    expect(blocked.skips[0]?.reason).toContain('zero means no limit');
    expect(planBulk([limited], { kind: 'limit', limit: capped(usd(5), 'daily') }).steps).toEqual([]);
  });

  it('disables only where it can, and caps elsewhere only when asked to', () => {
    const off = makeKeyRow({ id: 3, isDisabled: true, status: 'disabled' });
    const plain = planBulk([able, limited, off], { kind: 'disable', isCapInstead: false });
    expect(plain.steps).toEqual([{ kind: 'disabled', row: able, to: true }]);
    expect(plain.skips.map(({ row }) => row.id)).toEqual([2, 3]);
    const capping = planBulk([limited], { kind: 'disable', isCapInstead: true });
    expect(capping.steps).toEqual([{ kind: 'limit', row: limited, to: capped(usd('0.01'), 'monthly') }]);
  });

  it('enables only what is disabled', () => {
    const off = makeKeyRow({ id: 3, isDisabled: true, status: 'disabled' });
    expect(planBulk([able, off], { kind: 'enable' }).steps).toEqual([
      { kind: 'disabled', row: off, to: false },
    ]);
  });

  it('assigns a team even while a connection is paused, but not to keys that are gone', () => {
    const team = { id: 4, name: 'Support' };
    const paused = makeKeyRow({ id: 1, connection: { ...ableConnection, state: 'paused' } });
    const gone = makeKeyRow({ id: 2, status: 'gone' });
    const there = makeKeyRow({ id: 3, team });
    const plan = planBulk([paused, gone, there], { kind: 'team', team });
    expect(plan.steps).toEqual([{ kind: 'team', row: paused, to: team }]);
    expect(plan.skips.map(({ row }) => row.id)).toEqual([2, 3]);
  });

  it('takes a team away only from keys that have one', () => {
    const there = makeKeyRow({ id: 3, team: { id: 4, name: 'Support' } });
    const plan = planBulk([able, there], { kind: 'team', team: null });
    expect(plan.steps.map(({ row }) => row.id)).toEqual([3]);
  });
});
