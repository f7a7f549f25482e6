import { describe, expect, test } from 'vitest';
import { CAN, type Capabilities, cannot } from '../connections/capabilities';
import { BLOCKED, capped, type Limit, UNLIMITED } from '../limits/limit';
import { usd } from '../money/usd';
import { type BulkAction, bulkActionSchema, type LimitRule } from './bulk-action';
import { type BulkBefore, type BulkWish, undoOf } from './bulk-item';
import { type BulkKey, decideBulk, deleteConfirmation } from './decide-bulk';

const capabilities: Capabilities = {
  disable: CAN,
  rename: CAN,
  limitPeriods: ['daily', 'weekly', 'monthly', 'total'],
  blockedLimit: CAN,
  zeroLimitMeans: 'blocked',
  lowestCap: usd('0.01'),
  unlimitedAtCreation: CAN,
  byokInLimit: CAN,
  expiryAtCreation: CAN,
  expiryLater: CAN,
  expiryReadable: CAN,
  permissionsAtCreation: CAN,
  permissionsLater: CAN,
  labels: CAN,
  containers: null,
  containerAtCreation: CAN,
  members: CAN,
  balance: CAN,
  budgets: CAN,
  budgetsAbove: ['workspace'],
  createdAt: CAN,
  lastUsed: CAN,
  maskedLabel: CAN,
  usageByDay: CAN,
  usageByModel: CAN,
  usageTokens: CAN,
  usageToday: CAN,
  usageByHour: CAN,
  usageHistoryDays: null,
  usageWindowDays: 30,
};
const poor: Capabilities = {
  ...capabilities,
  disable: cannot('no disabling'),
  blockedLimit: cannot('no blocking'),
  limitPeriods: ['monthly'],
};
const key = (values: Partial<BulkKey> = {}): BulkKey => ({
  keyId: 1,
  name: 'bot',
  connectionName: 'Main',
  connectionState: 'active',
  capabilities,
  isDeleted: false,
  isGone: false,
  limit: capped(usd(100), 'weekly'),
  includeByokInLimit: null,
  isDisabled: false,
  teamId: null,
  ownerId: null,
  recentSpend: usd('33.333'),
  used: null,
  isInUse: false,
  hasOpenChange: false,
  isOwnKey: false,
  isBeingDeleted: false,
  ...values,
});
const monthly = (amount: string | number) => capped(usd(amount), 'monthly');
const weekly = (amount: string | number) => capped(usd(amount), 'weekly');

describe('a limit by rule, in exact cents', () => {
  test.each<[string, LimitRule, Partial<BulkKey>, Limit | string]>([
    ['the same for all', { by: 'limit', limit: monthly(7) }, {}, monthly(7)],
    ['an amount keeps the period', { by: 'amount', amount: usd(7) }, {}, weekly(7)],
    [
      'an amount without a period is monthly',
      { by: 'amount', amount: usd(7) },
      { limit: UNLIMITED },
      monthly(7),
    ],
    ['an amount below a cent', { by: 'amount', amount: usd('0.004') }, {}, 'never sent'],
    ['half a cent rounds up', { by: 'amount', amount: usd('0.005') }, {}, weekly('0.01')],
    ['a fifth less', { by: 'percent', percent: -20 }, {}, weekly(80)],
    [
      'a percentage with decimals is exact',
      { by: 'percent', percent: 12.3 },
      { limit: weekly('19.99') },
      weekly('22.45'),
    ],
    ['a third of a cap', { by: 'percent', percent: -66.6667 }, { limit: weekly('0.3') }, weekly('0.1')],
    [
      'a percentage of 1.005 rounds half up',
      { by: 'percent', percent: 0.5 },
      { limit: weekly(1) },
      weekly('1.01'),
    ],
    ['almost nothing left', { by: 'percent', percent: -99.999 }, { limit: weekly('0.01') }, 'never sent'],
    [
      'a percentage of no limit',
      { by: 'percent', percent: 10 },
      { limit: UNLIMITED },
      'no cap to start from',
    ],
    ['a percentage of a block', { by: 'percent', percent: 10 }, { limit: BLOCKED }, 'no cap to start from'],
    ['nothing more', { by: 'percent', percent: 0 }, {}, 'already'],
    ['ten dollars more', { by: 'change', amount: usd(10) }, {}, weekly(110)],
    ['down to zero', { by: 'change', amount: usd(-100) }, {}, 'never sent'],
    ['below zero', { by: 'change', amount: usd(-101) }, {}, 'never sent'],
    ['down to a cent', { by: 'change', amount: usd('-99.99') }, {}, weekly('0.01')],
    ['1.5 times the spend', { by: 'spend', factor: 1.5, period: 'monthly' }, {}, monthly('50')],
    ['a spend that rounds', { by: 'spend', factor: 1, period: 'daily' }, {}, capped(usd('33.33'), 'daily')],
    ['no spend', { by: 'spend', factor: 2, period: 'monthly' }, { recentSpend: usd(0) }, 'spent nothing'],
    ['a spend not read', { by: 'spend', factor: 2, period: 'monthly' }, { recentSpend: null }, 'not read'],
    [
      'a period that the provider lacks',
      { by: 'limit', limit: weekly(5) },
      { capabilities: poor },
      'no weekly',
    ],
    [
      'a block where it means no limit',
      { by: 'limit', limit: BLOCKED },
      { capabilities: poor },
      'no blocking',
    ],
  ])('%s', (_, rule, values, expected) => {
    const decision = decideBulk({ kind: 'set_limit', rule }, key(values));
    if (typeof expected === 'string') {
      expect(decision).toEqual({ kind: 'skip', reason: expect.stringContaining(expected) });
    } else {
      expect(decision).toMatchObject({ kind: 'change', wish: { kind: 'set_limit', limit: expected } });
    }
  });

  test('no rule yields a cap of zero or less, whatever the amounts', () => {
    for (let cents = 1; cents <= 60; cents += 1) {
      for (const percent of [-99.99, -75, -50, -33.3, 0.01]) {
        const decision = decideBulk(
          { kind: 'set_limit', rule: { by: 'percent', percent } },
          key({ limit: weekly(String(cents / 100)) }),
        );
        if (decision.kind === 'skip') continue;
        const { wish } = decision;
        expect(
          wish.kind === 'set_limit' && wish.limit.kind === 'capped' && Number(wish.limit.amount) >= 0.01,
        ).toBe(true);
      }
    }
  });

  test('says when a key would stop at once', () => {
    const rule: LimitRule = { by: 'amount', amount: usd(50) };
    const means = (used: string) => decideBulk({ kind: 'set_limit', rule }, key({ used: usd(used) }));
    expect(means('50')).toMatchObject({ means: expect.stringContaining('stops at once') });
    expect(means('49.99')).toMatchObject({ means: 'May spend less than now.' });
  });
});

describe('what is left as it is, with its reason', () => {
  const disable: BulkAction = { kind: 'disable', isCapInstead: false };
  test.each<[string, BulkAction, Partial<BulkKey>, string]>([
    ['deleted', disable, { isDeleted: true }, 'deleted'],
    ['gone', disable, { isGone: true }, 'no longer found'],
    ['paused connection', disable, { connectionState: 'paused' }, 'paused'],
    ['open change', disable, { hasOpenChange: true }, 'no certain outcome'],
    ['disabled already', disable, { isDisabled: true }, 'already'],
    ['cannot be disabled', disable, { capabilities: poor }, 'no disabling'],
    ['Keyward’s own key, to be disabled', disable, { isOwnKey: true }, 'own key'],
    ['Keyward’s own key, to be deleted', { kind: 'delete' }, { isOwnKey: true }, 'own key'],
    ['waits for its deletion', { kind: 'delete' }, { isBeingDeleted: true }, 'waits for its deletion'],
    ['enabled already', { kind: 'enable' }, {}, 'already'],
    ['belongs there already', { kind: 'assign', teamId: 3 }, { teamId: 3 }, 'already'],
  ])('%s', (_, action, values, reason) => {
    expect(decideBulk(action, key(values))).toEqual({
      kind: 'skip',
      reason: expect.stringContaining(reason),
    });
  });

  test('a key that cannot be disabled is capped instead, when asked so', () => {
    expect(decideBulk({ kind: 'disable', isCapInstead: true }, key({ capabilities: poor }))).toMatchObject({
      wish: { kind: 'set_limit', limit: monthly('0.01') },
    });
  });

  test('a deletion is final only where the provider cannot disable', () => {
    expect(decideBulk({ kind: 'delete' }, key())).toEqual({
      kind: 'change',
      wish: { kind: 'delete', isFinal: false },
      means: 'Disabled now, deleted after the grace period.',
    });
    expect(decideBulk({ kind: 'delete' }, key({ capabilities: poor, isInUse: true }))).toEqual({
      kind: 'change',
      wish: { kind: 'delete', isFinal: true },
      means: 'It is in use: what uses it stops. This is final.',
    });
  });

  test('assigning needs no provider', () => {
    expect(decideBulk({ kind: 'assign', teamId: 3 }, key({ connectionState: 'paused' }))).toMatchObject({
      wish: { kind: 'assign', teamId: 3 },
    });
  });

  test('deleting keys in use asks for typed words', () => {
    expect(deleteConfirmation({ kind: 'delete' }, 12, 1)).toBe('delete 12 keys');
    expect(deleteConfirmation({ kind: 'delete' }, 12, 0)).toBeNull();
    expect(deleteConfirmation({ kind: 'enable' }, 12, 1)).toBeNull();
  });

  test('a rule of zero or less is refused at the border', () => {
    for (const rule of [
      { by: 'amount', amount: 0 },
      { by: 'percent', percent: -100 },
      { by: 'spend', factor: 0 },
    ]) {
      expect(bulkActionSchema.safeParse({ kind: 'set_limit', rule }).success).toBe(false);
    }
  });
});

describe('putting back', () => {
  const before: BulkBefore = {
    limit: UNLIMITED,
    includeByokInLimit: true,
    isDisabled: false,
    teamId: 1,
    ownerId: null,
  };
  test.each<[BulkWish, ReturnType<typeof undoOf>]>([
    [
      { kind: 'set_limit', limit: monthly(5) },
      { before: { ...before, limit: monthly(5) }, wish: { kind: 'set_limit', limit: UNLIMITED } },
    ],
    [{ kind: 'disable' }, { before: { ...before, isDisabled: true }, wish: { kind: 'enable' } }],
    [
      { kind: 'assign', teamId: null },
      { before: { ...before, teamId: null }, wish: { kind: 'assign', teamId: 1 } },
    ],
    [{ kind: 'delete', isFinal: true }, null],
    [
      { kind: 'delete', isFinal: false },
      { before: { ...before, isDisabled: true }, wish: { kind: 'undelete' } },
    ],
    [{ kind: 'undelete' }, { before, wish: { kind: 'delete', isFinal: false } }],
  ])('%j', (wish, undo) => {
    expect(undoOf(before, wish)).toEqual(undo);
  });
});
