import { describe, expect, it } from 'vitest';
import { parseUtcDay, type UtcDay } from '../periods/utc-day';
import { usageSeenUntil, type WatchedDay, type WatchFacts, watchOldKey } from './watch-old-key';

const at = (text: string) => new Date(`${text}:00Z`);

function day(text: string): UtcDay {
  const parsed = parseUtcDay(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

const closed = (text: string): WatchedDay => ({
  day: day(text),
  state: 'complete',
  fetchedAt: at('2026-11-22T00:10'),
});
const open = (text: string, fetched: string): WatchedDay => ({
  day: day(text),
  state: 'open',
  fetchedAt: at(fetched),
});

/** Watched since the 20th at noon; read whole the next day at 12:05, as it is then. */
function facts(values: Partial<WatchFacts> = {}): WatchFacts {
  return {
    quietHours: 24,
    quietSince: at('2026-11-20T12:00'),
    lastRequests: 7,
    requests: 7,
    lastUsedAt: at('2026-11-19T09:00'),
    newsAt: null,
    pickedUpAt: null,
    keysSeenUntil: at('2026-11-21T12:05'),
    days: [closed('2026-11-20'), open('2026-11-21', '2026-11-21T12:04')],
    waitUntil: null,
    now: at('2026-11-21T12:06'),
    ...values,
  };
}

describe('how far usage is known', () => {
  it.each<[string, readonly WatchedDay[], string]>([
    ['to the last look at a day that runs', [open('2026-11-20', '2026-11-20T15:00')], '2026-11-20T15:00'],
    ['to the end of a whole day', [closed('2026-11-20')], '2026-11-21T00:00'],
    ['to a gap', [closed('2026-11-20'), closed('2026-11-22')], '2026-11-21T00:00'],
    [
      'not past a day that was not read to its end',
      [open('2026-11-20', '2026-11-20T15:00'), closed('2026-11-21')],
      '2026-11-20T15:00',
    ],
    ['nowhere without a read', [], '2026-11-20T00:00'],
    ['nowhere on a missing day', [{ ...closed('2026-11-20'), state: 'missing' }], '2026-11-20T00:00'],
  ])('%s', (_, days, until) => {
    expect(usageSeenUntil(at('2026-11-20T12:00'), days)).toEqual(at(until));
  });
});

describe('the quiet of an old key', () => {
  it('is long enough exactly when reads of keys and usage both reach so far', () => {
    expect(watchOldKey(facts())).toMatchObject({
      quietMs: (24 * 60 + 4) * 60_000,
      isQuiet: true,
      earliest: at('2026-11-21T12:00'),
    });
    const exactly = facts({ keysSeenUntil: at('2026-11-21T12:00') });
    expect(watchOldKey(exactly).isQuiet).toBe(true);
    expect(watchOldKey(facts({ keysSeenUntil: new Date('2026-11-21T11:59:59.999Z') })).isQuiet).toBe(false);
  });

  it('stands still while reads fail, however much time passes', () => {
    const later = { now: at('2027-01-01T00:00') };
    expect(watchOldKey(facts({ ...later, keysSeenUntil: at('2026-11-20T17:00') }))).toMatchObject({
      quietMs: 5 * 3_600_000,
      isQuiet: false,
    });
    expect(watchOldKey(facts({ ...later, keysSeenUntil: null }))).toMatchObject({
      quietMs: 0,
      isQuiet: false,
    });
    const noUsage = facts({ ...later, days: [open('2026-11-20', '2026-11-20T18:00')] });
    expect(watchOldKey(noUsage)).toMatchObject({ quietMs: 6 * 3_600_000, isQuiet: false });
  });

  it('begins anew with each sign of a request', () => {
    const now = at('2026-11-21T12:06');
    const since = (values: Partial<WatchFacts>) => watchOldKey(facts(values)).quietSince;
    expect(since({ lastUsedAt: at('2026-11-21T03:00') })).toEqual(at('2026-11-21T03:00'));
    expect(since({ requests: 8 })).toEqual(now);
    expect(since({ requests: 6 })).toEqual(now);
    expect(since({ newsAt: at('2026-11-21T02:00') })).toEqual(at('2026-11-21T02:00'));
    expect(since({ pickedUpAt: at('2026-11-20T18:00') })).toEqual(at('2026-11-20T18:00'));
    expect(since({})).toEqual(at('2026-11-20T12:00'));
    expect(watchOldKey(facts({ requests: 8 }))).toMatchObject({
      isQuiet: false,
      quietMs: 0,
      lastRequests: 8,
    });
  });

  it('takes a provider’s clock that runs ahead for now', () => {
    expect(watchOldKey(facts({ lastUsedAt: at('2026-12-24T00:00') })).quietSince).toEqual(
      at('2026-11-21T12:06'),
    );
  });

  it('is not enough before the moment that a person asked to wait for', () => {
    const waiting = facts({ waitUntil: at('2026-11-21T18:00') });
    expect(watchOldKey(waiting)).toMatchObject({ isQuiet: false, earliest: at('2026-11-21T18:00') });
    expect(watchOldKey({ ...waiting, now: at('2026-11-21T18:00') }).isQuiet).toBe(true);
  });

  it('goes by the keys alone where the provider tells no usage by day', () => {
    expect(watchOldKey(facts({ days: null })).isQuiet).toBe(true);
  });
});
