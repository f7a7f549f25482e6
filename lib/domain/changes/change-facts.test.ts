import { describe, expect, it } from 'vitest';
import type { OutcomeError } from '../outcome';
import { lastChangeOf, toldChangeOf } from './change-facts';
import { type ChangePhase, isOpenPhase, mayAskAgain } from './change-view';

const changeId = '0b8f6a1c-35c7-4f0c-9a52-6a8a1c1f3f10';

function failure(code: OutcomeError['code'], facts?: OutcomeError['facts']): OutcomeError {
  return { code, message: 'said', facts };
}

describe('toldChangeOf', () => {
  it('knows one’s own lost answer from another change that stands in the way', () => {
    expect(toldChangeOf(failure('outcome_unknown', { changeId }))).toEqual({ changeId, isOwn: true });
    expect(toldChangeOf(failure('conflict', { changeId }))).toEqual({ changeId, isOwn: false });
  });

  it.each([
    ['a refusal names its change, but its outcome is known', failure('provider_refused', { changeId })],
    ['a conflict about something else', failure('conflict')],
    ['no id of a change', failure('outcome_unknown', { changeId: '../keys' })],
  ])('is null: %s', (_, error) => {
    expect(toldChangeOf(error)).toBeNull();
  });
});

describe('lastChangeOf', () => {
  const facts = { changedBy: 'Ada', kind: 'disable_key', after: { isDisabled: true }, settledAt: null };

  it('tells who was faster and what they did', () => {
    expect(lastChangeOf(failure('stale', facts))).toEqual(facts);
  });

  it('leaves the three values of a stale limit form to that form', () => {
    expect(lastChangeOf(failure('stale', { seen: {}, current: {} }))).toBeNull();
    expect(lastChangeOf(failure('conflict', facts))).toBeNull();
  });
});

describe('mayAskAgain', () => {
  const phases: readonly ChangePhase[] = [
    'under_way',
    'checking',
    'asking',
    'applied',
    'refused',
    'not_applied',
    'not_told',
  ];

  it('waits for the outcome, and sends nothing twice that took effect', () => {
    const may = phases.filter((phase) => mayAskAgain({ kind: 'set_limit', phase }));
    expect(may).toEqual(['refused', 'not_applied', 'not_told']);
    expect(phases.filter(isOpenPhase)).toEqual(['under_way', 'checking', 'asking']);
  });

  it('lets a lost create be made anew, since its key is removed', () => {
    expect(mayAskAgain({ kind: 'create_key', phase: 'applied' })).toBe(true);
    expect(mayAskAgain({ kind: 'create_key', phase: 'checking' })).toBe(false);
  });
});
