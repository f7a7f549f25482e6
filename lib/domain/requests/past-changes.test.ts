import { describe, expect, it } from 'vitest';
import { capped } from '../limits/limit';
import { usd } from '../money/usd';
import { grantOfChange, judgePastChanges, type PastChange } from './past-changes';
import { defaultRequestRules } from './request-rules';

const monthly = (amount: number) => capped(usd(amount), 'monthly');

function change(
  id: string,
  from: number,
  to: number,
  teamId: number | null,
  at = '2026-11-01T00:00:00.000Z',
): PastChange {
  return {
    id,
    at,
    isTold: true,
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

  it('add up inside the month until the envelope is used, whatever order they are told in', () => {
    const rules = { ...defaultRequestRules, envelope: usd(100) };
    const raise = (id: string, day: number, teamId = 1) =>
      change(id, 300, 340, teamId, `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`);
    const past = [raise('third', 20), raise('theirs', 19, 2), raise('second', 12), raise('first', 3)];
    const judged = judgePastChanges(past, rules, new Map());
    expect(judged.map(({ change: { id }, needs }) => [id, needs.approvals, needs.reason])).toEqual([
      ['third', 1, 'envelope_used_up'],
      ['theirs', 0, 'within_envelope'],
      ['second', 0, 'within_envelope'],
      ['first', 0, 'within_envelope'],
    ]);
    expect(judged.map(({ needs }) => needs.envelopeLeft)).toEqual(['20', '100', '60', '100']);
  });

  it('leave in the envelope what another person agreed to, and begin anew with the month', () => {
    const rules = { ...defaultRequestRules, envelope: usd(100), smallRaise: usd(50) };
    const past = [
      change('next month', 300, 350, 1, '2026-12-01T00:00:00.000Z'),
      change('the rest', 300, 350, 1, '2026-11-30T23:59:59.999Z'),
      change('too large', 300, 360, 1, '2026-11-20T00:00:00.000Z'),
      change('small', 300, 350, 1, '2026-11-10T00:00:00.000Z'),
    ];
    const told = judgePastChanges(past, rules, new Map()).map(({ needs }) => needs.reason);
    expect(told).toEqual(['within_envelope', 'within_envelope', 'more_than_small', 'within_envelope']);
  });

  it('count from before the days that are told of, without being told', () => {
    const rules = { ...defaultRequestRules, envelope: usd(50) };
    const past = [
      change('told', 300, 340, 1, '2026-11-20T00:00:00.000Z'),
      { ...change('before', 300, 340, 1, '2026-11-01T00:00:00.000Z'), isTold: false },
    ];
    const judged = judgePastChanges(past, rules, new Map());
    expect(judged.map(({ change: { id }, needs }) => [id, needs.reason])).toEqual([
      ['told', 'envelope_used_up'],
    ]);
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
    const raiseEndsAt = new Date('2026-12-05T23:59:00.000Z');
    const [lower, higher] = [{ limit: monthly(1) }, { limit: monthly(2) }];
    expect(grantOfChange({ kind: 'set_limit', before: lower, wish: higher, raiseEndsAt })?.grant).toEqual({
      kind: 'limit',
      limit: monthly(2),
      until: '2026-12-05T23:59:00.000Z',
    });
    expect(grantOfChange({ kind: 'set_limit', before: higher, wish: lower, raiseEndsAt })).toBeNull();
    for (const kind of ['rename_key', 'set_limit']) {
      expect(grantOfChange({ kind, before: {}, wish: { includeByokInLimit: true } })).toBeNull();
    }
  });
});
