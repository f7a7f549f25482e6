import { describe, expect, it } from 'vitest';
import { BLOCKED, type Limit, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { readLimit, writeLimit, writeLimitChange } from './limit-wire';

const PERIODS: readonly LimitPeriod[] = ['daily', 'weekly', 'monthly', 'total'];
const AMOUNTS = ['0.000001', '0.01', '1', '49.99', '1250.5', '999999999.99'];
const caps: Limit[] = PERIODS.flatMap((period) =>
  AMOUNTS.map((amount): Limit => ({ kind: 'capped', amount: usd(amount), period })),
);
const limits = [UNLIMITED, BLOCKED, ...caps];

describe('OpenRouter limits', () => {
  it.each(limits)('%o comes back as it was sent', (limit) => {
    expect(readLimit(writeLimit(limit))).toEqual(limit);
  });

  it('null is unlimited and nothing else is; zero is blocked and nothing else is', () => {
    for (const limit of limits) {
      expect(writeLimit(limit).limit === null).toBe(limit.kind === 'unlimited');
      expect(writeLimit(limit).limit === 0).toBe(limit.kind === 'blocked');
    }
  });

  it.each([
    [{ limit: null, limit_reset: 'monthly' }, UNLIMITED],
    [{ limit: 0, limit_reset: 'daily' }, BLOCKED],
    [{ limit: '0.00', limit_reset: null }, BLOCKED],
    [{ limit: -1, limit_reset: null }, BLOCKED],
    [
      { limit: '12.50', limit_reset: undefined },
      { kind: 'capped', amount: '12.5', period: 'total' },
    ],
    [{ limit: 5, limit_reset: 'yearly' }, null],
    [{ limit: 'much', limit_reset: null }, null],
  ])('reads %o', (wire, expected) => {
    expect(readLimit(wire)).toEqual(expected);
  });

  it.each(['0', '-3', '1e-400', '0.1234567890123456789'])('refuses to send a cap of %s', (amount) => {
    const limit: Limit = { kind: 'capped', amount: usd(amount), period: 'total' };
    expect(() => writeLimit(limit)).toThrow('invalid_request');
  });

  it('sends of a change of caps only what differs, and otherwise both fields', () => {
    const monthly = (amount: string): Limit => ({ kind: 'capped', amount: usd(amount), period: 'monthly' });
    const daily: Limit = { kind: 'capped', amount: usd('5'), period: 'daily' };
    expect(writeLimitChange(monthly('5'), monthly('6'))).toEqual({ limit: 6 });
    expect(writeLimitChange(monthly('5'), daily)).toEqual({ limit_reset: 'daily' });
    expect(writeLimitChange(monthly('6'), daily)).toEqual({ limit: 5, limit_reset: 'daily' });
    expect(writeLimitChange(UNLIMITED, daily)).toEqual({ limit: 5, limit_reset: 'daily' });
    expect(writeLimitChange(monthly('5'), BLOCKED)).toEqual({ limit: 0, limit_reset: null });
    expect(writeLimitChange(monthly('5'), UNLIMITED)).toEqual({ limit: null, limit_reset: null });
  });

  it('a change is sent such that the provider ends with the new limit, wherever it began', () => {
    for (const from of limits) {
      for (const to of limits) {
        expect(readLimit({ ...writeLimit(from), ...writeLimitChange(from, to) })).toEqual(to);
      }
    }
  });
});
