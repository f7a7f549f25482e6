import { describe, expect, test } from 'vitest';
import { NO_COUNTERS, type ProviderKey } from '../keys/provider-key';
import { BLOCKED, capped, UNLIMITED } from '../limits/limit';
import { usd } from '../money/usd';
import { judgeFinding, type RecordedChange } from './judge-finding';
import { backoffMs, isQuiet, nextRecheckAt, recheckAt } from './settle-timing';

const found = (values: Partial<ProviderKey> = {}): ProviderKey => ({
  externalId: 'a',
  name: 'bot',
  isDisabled: false,
  limit: capped(usd(25), 'monthly'),
  spend: NO_COUNTERS,
  byokSpend: NO_COUNTERS,
  ...values,
});
const limitChange: RecordedChange = {
  kind: 'set_limit',
  wish: { limit: { kind: 'capped', amount: '40', period: 'monthly' } },
  before: { limit: { kind: 'capped', amount: '25', period: 'monthly' }, includeByokInLimit: null },
};

describe('what was found', () => {
  test.each<[string, RecordedChange, ProviderKey | null, string]>([
    ['the wished limit', limitChange, found({ limit: capped(usd('40.00'), 'monthly') }), 'wish'],
    ['the limit from before', limitChange, found(), 'before'],
    ['another amount', limitChange, found({ limit: capped(usd(77), 'monthly') }), 'other'],
    ['another period', limitChange, found({ limit: capped(usd(40), 'daily') }), 'other'],
    [
      'no limit is not a blocked one',
      { ...limitChange, wish: { limit: BLOCKED } },
      found({ limit: UNLIMITED }),
      'other',
    ],
    [
      'only what was edited counts',
      { ...limitChange, wish: { includeByokInLimit: true } },
      found({ includeByokInLimit: true, limit: capped(usd(99), 'daily') }),
      'wish',
    ],
    ['no key', limitChange, null, 'gone'],
    ['a deleted key', { kind: 'delete_key', wish: {}, before: {} }, null, 'wish'],
    ['a key that is still there', { kind: 'delete_key', wish: {}, before: {} }, found(), 'before'],
    ['a new name', { kind: 'rename_key', wish: { name: 'bot' }, before: { name: 'x' } }, found(), 'wish'],
    [
      'labels in another order',
      { kind: 'set_labels', wish: { labels: { a: '1', b: '2' } }, before: { labels: {} } },
      found({ labels: { b: '2', a: '1' } }),
      'wish',
    ],
    [
      'labels not told',
      { kind: 'set_labels', wish: { labels: {} }, before: { labels: {} } },
      found(),
      'unreadable',
    ],
    [
      'an expiry in another form',
      { kind: 'set_expiry', wish: { expiresAt: '2099-01-01T00:00:00Z' }, before: { expiresAt: null } },
      found({ expiresAt: new Date('2099-01-01T00:00:00.000Z') }),
      'wish',
    ],
  ])('%s', (_, change, key, kind) => {
    expect(judgeFinding(change, key).kind).toBe(kind);
  });
});

describe('when to believe, and when to look again', () => {
  const at = (ms: number) => new Date(Date.UTC(2026, 10, 20) + ms);
  test.each([
    ['a quick loss', 0, 10, 2_009, false],
    ['a quick loss, two seconds later', 0, 10, 2_010, true],
    ['a time-out of 20 s', 0, 20_000, 39_999, false],
    ['a time-out of 20 s, as long again', 0, 20_000, 40_000, true],
    ['an hour in a queue counts a minute', 0, 3_600_000, 3_660_000, true],
  ])('%s', (_, sent, answered, now, isBelieved) => {
    expect(isQuiet({ sentAt: at(sent), answeredAt: at(answered) }, at(now), 2_000)).toBe(isBelieved);
  });

  test('pauses double up to five minutes', () => {
    expect([0, 1, 2, 7, 8, 99].map(backoffMs)).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
  });

  test('what did not happen is looked at twice more', () => {
    expect(recheckAt(at(0), at(0))).toEqual(at(30_000));
    expect(recheckAt(at(0), at(30_000))).toEqual(at(300_000));
    expect(recheckAt(at(0), at(300_000))).toBeNull();
  });
});

describe('the rechecks of a change that was found not to have happened', () => {
  const settledAt = new Date('2026-10-15T08:00:00Z');
  const at = (seconds: number) => new Date(settledAt.getTime() + seconds * 1_000);

  test('are not used up by a clock that jumps ahead', () => {
    expect(nextRecheckAt({ settledAt, checkedAt: settledAt }, at(3_600))).toEqual(at(3_630));
    expect(nextRecheckAt({ settledAt, checkedAt: at(3_600) }, at(3_630))).toBeNull();
  });

  test('are two when time passes as it does', () => {
    expect(nextRecheckAt({ settledAt, checkedAt: settledAt }, at(30))).toEqual(at(300));
    expect(nextRecheckAt({ settledAt, checkedAt: at(30) }, at(300))).toBeNull();
  });
});
