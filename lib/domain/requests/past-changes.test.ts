import { describe, expect, it } from 'vitest';
import { capped } from '../limits/limit';
import { usd } from '../money/usd';
import { grantOfChange, judgePastChanges, type PastChange } from './past-changes';
import { defaultRequestRules } from './request-rules';

const monthly = (amount: number) => capped(usd(amount), 'monthly');

function change(id: string, from: number, to: number, teamId: number | null): PastChange {
  return {
    id,
    at: '2026-11-01T00:00:00.000Z',
    actorName: 'Mara',
    keyId: 1,
    keyName: 'search-prod',
    teamId,
    teamName: null,
    current: monthly(from),
    grant: { kind: 'limit', limit: monthly(to), until: null },
  };
}

describe('changes of the past under new rules', () => {
  it('are judged by their team’s rules', () => {
    const rules = { ...defaultRequestRules, twoAbove: usd(500), envelope: usd(50) };
    const teams = new Map([[7, { twoAbove: usd(100) }]]);
    const past = [change('a', 300, 340, 1), change('b', 300, 340, 7), change('c', 300, 600, 1)];
    const judged = judgePastChanges(past, rules, teams);
    expect(judged.map(({ needs }) => needs.approvals)).toEqual([0, 2, 2]);
  });

  it('are read from the ledger, and left out when nobody could have asked for them', () => {
    expect(
      grantOfChange({ kind: 'set_limit', before: { limit: monthly(1) }, wish: { limit: monthly(2) } }),
    ).toEqual({ grant: { kind: 'limit', limit: monthly(2), until: null }, current: monthly(1) });
    expect(grantOfChange({ kind: 'enable_key', before: { isDisabled: true }, wish: {} })).toEqual({
      grant: { kind: 'enable_key' },
      current: null,
    });
    expect(grantOfChange({ kind: 'create_key', before: null, wish: { limit: monthly(9) } })?.grant).toEqual({
      kind: 'new_key',
      limit: monthly(9),
    });
    for (const kind of ['rename_key', 'set_limit']) {
      expect(grantOfChange({ kind, before: {}, wish: { includeByokInLimit: true } })).toBeNull();
    }
  });
});
