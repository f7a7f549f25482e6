import { describe, expect, it } from 'vitest';
import { BLOCKED, capped, type Limit, UNLIMITED } from '../limits/limit';
import { usd } from '../money/usd';
import {
  createRequestSchema,
  type Grant,
  grantOfWish,
  isWithinGrant,
  type RequestWish,
} from './request-wish';

const monthly = (amount: number) => capped(usd(amount), 'monthly');
const more = (amount: number): RequestWish => ({
  kind: 'limit',
  keyId: 1,
  change: { by: 'amount', amount: usd(amount) },
  until: null,
});

describe('a wish made whole', () => {
  it('adds an amount to whatever the cap is now', () => {
    expect(grantOfWish(more(80), monthly(300))).toEqual({ kind: 'limit', limit: monthly(380), until: null });
    expect(grantOfWish(more(80), monthly(350))).toEqual({ kind: 'limit', limit: monthly(430), until: null });
  });

  it.each<Limit>([UNLIMITED, BLOCKED])('adds nothing to $kind', (limit) => {
    expect(grantOfWish(more(80), limit)).toBeNull();
  });
});

const SOON = '2026-12-01T23:59:00.000Z';
const LATER = '2026-12-05T23:59:00.000Z';
const to = (limit: Limit, until: string | null = null): Grant => ({ kind: 'limit', limit, until });

describe('less than was asked for', () => {
  it.each<[string, Grant, Grant, boolean]>([
    ['all of it', to(monthly(400)), to(monthly(400)), true],
    ['a smaller amount', to(monthly(350)), to(monthly(400)), true],
    ['a larger amount', to(monthly(401)), to(monthly(400)), false],
    ['no more than there is', to(monthly(300)), to(monthly(400)), false],
    ['another period', to(capped(usd(1), 'daily')), to(monthly(400)), false],
    ['a cap instead of no limit', to(monthly(900)), to(UNLIMITED), true],
    ['no limit instead of a cap', to(UNLIMITED), to(monthly(400)), false],
    ['until a date instead of for good', to(monthly(400), SOON), to(monthly(400)), true],
    ['a shorter time', to(monthly(400), SOON), to(monthly(400), LATER), true],
    ['a longer time', to(monthly(400), LATER), to(monthly(400), SOON), false],
    ['for good instead of until a date', to(monthly(400)), to(monthly(400), SOON), false],
    ['even lower than asked', to(monthly(100)), to(monthly(200)), false],
    [
      'a smaller new key',
      { kind: 'new_key', limit: monthly(5) },
      { kind: 'new_key', limit: monthly(9) },
      true,
    ],
    [
      'a larger new key',
      { kind: 'new_key', limit: UNLIMITED },
      { kind: 'new_key', limit: monthly(9) },
      false,
    ],
    ['something else', { kind: 'enable_key' }, { kind: 'take_over' }, false],
  ])('%s', (_, less, whole, expected) => {
    expect(isWithinGrant(less, whole, monthly(300))).toBe(expected);
  });
});

describe('what a request must tell', () => {
  it('is a reason, and an amount above nothing', () => {
    expect(createRequestSchema.safeParse({ wish: more(80), reason: ' ' }).success).toBe(false);
    const none = { ...more(80), change: { by: 'amount', amount: '0' } };
    expect(createRequestSchema.safeParse({ wish: none, reason: 'launch' }).success).toBe(false);
    expect(createRequestSchema.safeParse({ wish: more(80), reason: 'launch' }).success).toBe(true);
  });
});
