import { describe, expect, it } from 'vitest';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { editsBetween, editText, type ReadWish } from './request-edit-words';

const asked: ReadWish = {
  grant: { kind: 'limit', limit: capped(usd(400), 'monthly'), until: null },
  newKey: [],
  reason: 'The launch',
};

describe('what a requester changed', () => {
  it.each<[string, Partial<ReadWish>, string]>([
    ['nothing', {}, ''],
    [
      'the amount',
      { grant: { kind: 'limit', limit: capped(usd(350), 'monthly'), until: null } },
      'Limit: $400 monthly, now $350 monthly',
    ],
    [
      'the time and the limit',
      { grant: { kind: 'limit', limit: UNLIMITED, until: '2026-12-05T23:59:00.000Z' } },
      'Limit: $400 monthly, now No limit; Holds: for good, now until 5 Dec 2026, 23:59 UTC',
    ],
    ['the reason', { reason: 'The sale' }, 'Reason: “The launch”, now “The sale”'],
  ])('is told from what to what: %s', (_, values, text) => {
    expect(editText(editsBetween(asked, { ...asked, ...values }))).toBe(text);
  });

  it('names settings of a new key that came or went', () => {
    const wish = (newKey: ReadWish['newKey']): ReadWish => ({ grant: null, newKey, reason: 'x' });
    const before = wish([
      { label: 'Group', value: 'Interns' },
      { label: 'Expires', value: 'never' },
    ]);
    const after = wish([{ label: 'Group', value: 'Support' }]);
    expect(editText(editsBetween(before, after))).toBe(
      'Group: Interns, now Support; Expires: never, now not set',
    );
  });
});
