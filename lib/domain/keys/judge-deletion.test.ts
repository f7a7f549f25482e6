import { describe, expect, test } from 'vitest';
import { UNLIMITED } from '../limits/limit';
import { parseUtcDay } from '../periods/utc-day';
import { deleteAfterOf } from './delete-grace';
import { deleteGraceSchema } from './delete-grace-schema';
import { judgeDeletion, type WaitingDeletion } from './judge-deletion';
import { NO_COUNTERS, type ProviderKey } from './provider-key';

const key = (values: Partial<ProviderKey> = {}): ProviderKey => ({
  externalId: 'k',
  name: 'bot',
  isDisabled: true,
  limit: UNLIMITED,
  spend: NO_COUNTERS,
  byokSpend: NO_COUNTERS,
  ...values,
});
const waiting = (values: Partial<WaitingDeletion> = {}): WaitingDeletion => ({
  askedAt: new Date('2026-11-20T10:00:00Z'),
  deleteAfter: new Date('2026-11-27T10:00:00Z'),
  lastUsedDay: parseUtcDay('2026-11-20'),
  ...values,
});
const due = new Date('2026-11-27T10:00:00Z');

describe('a deletion that waits', () => {
  test('is carried out at its moment, and not a millisecond before', () => {
    expect(judgeDeletion(waiting(), key(), due)).toEqual({ kind: 'delete' });
    expect(judgeDeletion(waiting(), key(), new Date(due.getTime() - 1))).toEqual({ kind: 'wait' });
  });

  test('is stopped by a key that was enabled since, also before its moment', () => {
    for (const now of [due, new Date('2026-11-21T00:00:00Z')]) {
      expect(judgeDeletion(waiting(), key({ isDisabled: false }), now)).toMatchObject({
        kind: 'stop',
        why: expect.stringContaining('enabled'),
      });
    }
  });

  test.each<[string, Partial<WaitingDeletion>, Partial<ProviderKey>, 'delete' | 'stop']>([
    ['a use before', {}, { lastUsedAt: new Date('2026-11-20T09:59:00Z') }, 'delete'],
    ['an answer that came in late', {}, { lastUsedAt: new Date('2026-11-20T10:05:00Z') }, 'delete'],
    ['a use after', {}, { lastUsedAt: new Date('2026-11-20T10:05:01Z') }, 'stop'],
    ['no use ever', { lastUsedDay: null }, { lastUsedAt: null }, 'delete'],
    ['requests on the day of asking', { lastUsedDay: parseUtcDay('2026-11-20') }, {}, 'delete'],
    ['requests on the day after', { lastUsedDay: parseUtcDay('2026-11-21') }, {}, 'stop'],
    ['no record of the asking', { askedAt: null }, {}, 'stop'],
  ])('%s', (_, values, found, kind) => {
    expect(judgeDeletion(waiting(values), key(found), due).kind).toBe(kind);
  });

  test('has nothing to delete where the provider knows the key no more', () => {
    expect(judgeDeletion(waiting(), null, due)).toEqual({ kind: 'gone' });
  });
});

test('the grace period is whole days from one to ninety', () => {
  expect(deleteAfterOf(new Date('2026-11-20T10:00:00Z'), { days: 7 })).toEqual(due);
  for (const days of [0, 0.5, 91]) expect(deleteGraceSchema.safeParse({ days }).success).toBe(false);
  for (const days of [1, 90]) expect(deleteGraceSchema.safeParse({ days }).success).toBe(true);
});
