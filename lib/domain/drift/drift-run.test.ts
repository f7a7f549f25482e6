import { describe, expect, it } from 'vitest';
import { undoOf } from '../bulk/bulk-item';
import { capped, UNLIMITED } from '../limits/limit';
import { usd } from '../money/usd';
import { type DriftWish, whyOutdated } from './drift-run';

const monthly = (amount: number) => capped(usd(amount), 'monthly');
const raise = { base: monthly(25), held: monthly(60), endsAt: '2026-11-29T00:00:00.000Z' };

const wish: DriftWish = {
  kind: 'drift',
  decision: 'put_back',
  until: null,
  itemId: '00000000-0000-4000-8000-000000000001',
  digest: 'seen',
  drift: 'limit',
  was: { limit: monthly(25) },
  found: { limit: monthly(77) },
  to: { limit: monthly(25) },
  raise: null,
  isUnderRotation: false,
};
const then = { to: wish.to, raise: null, isUnderRotation: false };

describe('a decision that waited for its turn', () => {
  it('holds while nothing else happened to the key', () => {
    expect(whyOutdated(wish, then)).toBeNull();
    expect(whyOutdated({ ...wish, raise }, { ...then, raise })).toBeNull();
    expect(whyOutdated({ ...wish, isUnderRotation: true }, { ...then, isUnderRotation: true })).toBeNull();
  });

  it('holds no more once a raise or a rotation began, or putting back means another value', () => {
    expect(whyOutdated(wish, { ...then, raise })).toContain('A raise of the key');
    expect(whyOutdated(wish, { ...then, isUnderRotation: true })).toContain('A rotation of the key');
    expect(whyOutdated(wish, { ...then, to: { limit: monthly(30) } })).toContain('something else');
    expect(whyOutdated(wish, { ...then, to: null })).toContain('something else');
  });

  it('ends no raise that began after a limit was to be adopted, and minds none where it changes nothing', () => {
    const adopt = { ...wish, decision: 'adopt', to: null } as const;
    expect(whyOutdated(adopt, { ...then, raise })).toContain('A raise of the key');
    expect(whyOutdated(adopt, { ...then, isUnderRotation: true })).toBeNull();
    expect(whyOutdated({ ...adopt, drift: 'name' }, { ...then, raise })).toBeNull();
    expect(
      whyOutdated({ ...adopt, decision: 'ignore' }, { ...then, raise, isUnderRotation: true }),
    ).toBeNull();
  });
});

describe('what was put back', () => {
  const before = {
    limit: monthly(77),
    includeByokInLimit: null,
    isDisabled: true,
    teamId: null,
    ownerId: null,
  };

  it('can be set again as it was found', () => {
    expect(undoOf(before, wish)).toEqual({
      before: { ...before, limit: monthly(25) },
      wish: { kind: 'set_limit', limit: monthly(77) },
    });
    const state = {
      ...wish,
      drift: 'state',
      found: { isDisabled: true },
      to: { isDisabled: false },
    } as const;
    expect(undoOf(before, state)).toEqual({
      before: { ...before, isDisabled: false },
      wish: { kind: 'disable' },
    });
    const name = { ...wish, drift: 'name', found: { name: 'theirs' }, to: { name: 'ours' } } as const;
    const rename = { kind: 'rename', seenName: 'ours', name: 'theirs' } as const;
    expect(undoOf(before, name)?.wish).toEqual(rename);
    expect(undoOf(before, rename)?.wish).toEqual({ kind: 'rename', seenName: 'theirs', name: 'ours' });
  });

  it('is all that can: a decision that sent nothing has no way back', () => {
    expect(undoOf(before, { ...wish, decision: 'adopt' })).toBeNull();
    expect(undoOf(before, { ...wish, decision: 'ignore', found: { limit: UNLIMITED } })).toBeNull();
  });
});
