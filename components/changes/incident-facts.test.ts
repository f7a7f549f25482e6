import { describe, expect, it } from 'vitest';
import { readIncidentFacts } from './incident-facts';

const candidate = {
  externalId: 'ext-1',
  name: 'billing-bot',
  limit: { kind: 'capped', amount: '25', period: 'monthly' },
  createdAt: '2026-11-20T10:00:00.000Z',
  maskedLabel: null,
};

describe('readIncidentFacts', () => {
  it('gives the keys in question of a lost create', () => {
    const facts = readIncidentFacts({
      facts: { why: '2 new keys carry that name.', candidates: [candidate] },
    });
    expect(facts).toEqual({ why: '2 new keys carry that name.', items: [], candidates: [candidate] });
  });

  it('tells what was wished for beside what was there', () => {
    const { items } = readIncidentFacts({
      facts: {
        why: 'It took effect late.',
        before: { limit: { kind: 'unlimited' } },
        wish: { limit: candidate.limit },
        failure: { kind: 'unknown_outcome' },
      },
    });
    expect(items).toEqual([{ label: 'Limit', before: 'No limit', after: '$25 monthly' }]);
  });

  it('tells the other facts, and no id that only machines need', () => {
    const { items } = readIncidentFacts({ facts: { handOverId: 'x', sender: 'Ada', looks: 6 } });
    expect(items.map(({ label, after }) => [label, after])).toEqual([
      ['Sender', 'Ada'],
      ['Looks', '6'],
    ]);
  });

  it('shows facts of an unknown shape as they are', () => {
    const { items, candidates } = readIncidentFacts({ facts: { candidates: 'three' } });
    expect(items).toEqual([{ label: 'Candidates', before: null, after: 'three' }]);
    expect(candidates).toEqual([]);
  });
});
