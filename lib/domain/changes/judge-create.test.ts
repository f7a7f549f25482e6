import { describe, expect, test } from 'vitest';
import { NO_COUNTERS, type ProviderKey } from '../keys/provider-key';
import { capped, UNLIMITED } from '../limits/limit';
import { usd } from '../money/usd';
import { judgeCreate, type LostCreate } from './judge-create';

const sentAt = new Date('2026-11-20T10:00:00Z');
const create: LostCreate = {
  name: 'bot',
  limit: capped(usd(25), 'monthly'),
  containerExternalId: null,
  sentAt,
  wasReadBefore: true,
};
const key = (values: Partial<ProviderKey> = {}): ProviderKey => ({
  externalId: 'a',
  name: 'bot',
  isDisabled: false,
  limit: capped(usd(25), 'monthly'),
  spend: NO_COUNTERS,
  byokSpend: NO_COUNTERS,
  ...values,
});
const minutes = (count: number) => new Date(sentAt.getTime() + count * 60_000);

describe('the key of a lost create', () => {
  test.each<[string, Partial<LostCreate>, ProviderKey[], string]>([
    ['no new key', {}, [], 'none'],
    ['new keys of other names', {}, [key({ name: 'other' })], 'none'],
    ['one of that name', {}, [key(), key({ externalId: 'b', name: 'other' })], 'one'],
    ['one made after the sending', {}, [key({ createdAt: minutes(1) })], 'one'],
    ['one within the skew of the clocks', {}, [key({ createdAt: minutes(-4) })], 'one'],
    ['one older than the wish', {}, [key({ createdAt: minutes(-6) })], 'ask'],
    ['two of that name', {}, [key(), key({ externalId: 'b' })], 'ask'],
    ['two, one of them older', {}, [key({ createdAt: minutes(-60) }), key({ createdAt: minutes(0) })], 'one'],
    ['another limit', {}, [key({ limit: UNLIMITED })], 'ask'],
    ['another container', { containerExternalId: 'w1' }, [key({ containerExternalId: 'w2' })], 'ask'],
    ['the same container', { containerExternalId: 'w1' }, [key({ containerExternalId: 'w1' })], 'one'],
    ['never read, and no creation time', { wasReadBefore: false }, [key()], 'ask'],
    ['never read, but made just now', { wasReadBefore: false }, [key({ createdAt: minutes(0) })], 'one'],
  ])('%s', (_, values, keys, kind) => {
    expect(judgeCreate({ ...create, ...values }, keys).kind).toBe(kind);
  });
});
