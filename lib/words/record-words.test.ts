import { describe, expect, test } from 'vitest';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { differencesOf } from './record-words';

const cap = (amount: number) => capped(usd(amount), 'monthly');

describe('what changed, in words', () => {
  test.for([
    ['a limit', { limit: cap(300) }, { limit: cap(380) }, 'Limit', '$300 monthly', '$380 monthly'],
    ['no limit', { limit: cap(300) }, { limit: UNLIMITED }, 'Limit', '$300 monthly', 'No limit'],
    ['a status', { isDisabled: false }, { isDisabled: true }, 'Status', 'enabled', 'disabled'],
    ['labels', { labels: {} }, { labels: { env: 'prod' } }, 'Labels', 'none', 'env = prod'],
    [
      'an expiry',
      { expiresAt: null },
      { expiresAt: '2026-12-01T00:00:00.000Z' },
      'Expires',
      'never',
      '1 Dec 2026, 00:00 UTC',
    ],
    ['a role', { role: 'lead' }, { role: 'finance' }, 'Role', 'Team lead', 'Finance'],
    ['a team taken away', { team: 'Payments' }, { team: null }, 'Team', 'Payments', 'no team'],
    ['an owner', { owner: null }, { owner: 'Ana' }, 'Owner', 'unowned', 'Ana'],
    [
      'a field without words',
      { maxTokensPerDay: 1 },
      { maxTokensPerDay: [2] },
      'Max tokens per day',
      '1',
      '[2]',
    ],
    [
      'a shape it does not know',
      { limit: { odd: 1 } },
      { limit: 'strange' },
      'Limit',
      '{"odd":1}',
      'strange',
    ],
  ] as const)('%s', ([, before, after, label, was, is]) => {
    expect(differencesOf(before, after)).toEqual([{ label, before: was, after: is }]);
  });

  test('leaves out what stayed the same, what is for machines, and what the outcome does not name', () => {
    expect(
      differencesOf({ name: 'a', limit: cap(1), id: 1 }, { limit: cap(1), externalId: 'x', deletedAt: 'y' }),
    ).toEqual([]);
  });

  test('tells what was lost when nothing came after', () => {
    expect(differencesOf({ provider: 'openrouter' }, null)).toEqual([
      { label: 'Provider', before: 'OpenRouter', after: null },
    ]);
  });

  test('leaves out the empty fields of a beginning', () => {
    expect(differencesOf(null, { name: 'a', labels: {}, permissions: null })).toEqual([
      { label: 'Name', before: null, after: 'a' },
    ]);
  });

  test('shows a value that is no record as it is', () => {
    expect(differencesOf(null, [1, 2])).toEqual([{ label: 'Value', before: null, after: '[1,2]' }]);
    expect(differencesOf(null, null)).toEqual([]);
  });
});
