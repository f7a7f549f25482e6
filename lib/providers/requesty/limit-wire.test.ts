import { describe, expect, it } from 'vitest';
import { BLOCKED, type Limit, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { readLimit, writeLimit } from './limit-wire';

const AMOUNTS = ['0.000000001', '0.01', '1', '49.99', '63.545944565', '999999999.99'];
const caps = AMOUNTS.map((amount): Limit => ({ kind: 'capped', amount: usd(amount), period: 'monthly' }));

describe('Requesty limits', () => {
  it.each([UNLIMITED, ...caps])('%o comes back as it was sent', (limit) => {
    expect(readLimit(writeLimit(limit))).toEqual(limit);
  });

  it('zero is sent for no limit and for nothing else', () => {
    expect(writeLimit(UNLIMITED)).toBe('0');
    for (const limit of caps) expect(Number(writeLimit(limit))).toBeGreaterThan(0);
  });

  it.each(['0', 0, '0.00', '-0', null, undefined])('%s on the wire is no limit', (value) => {
    expect(readLimit(value)).toEqual(UNLIMITED);
  });

  it.each(['-5', -0.01, 'much', ''])('%s on the wire is no limit that could be told', (value) => {
    expect(readLimit(value)).toBeNull();
  });

  it('blocked is never sent: on the wire it would lift the limit', () => {
    expect(() => writeLimit(BLOCKED)).toThrow('unsupported');
  });

  it.each(['daily', 'weekly', 'total'] as const)('a %s cap is never sent as a monthly one', (period) => {
    expect(() => writeLimit({ kind: 'capped', amount: usd(5), period })).toThrow('unsupported');
  });

  it.each(['0', '-5'])('a cap of %s is never sent', (amount) => {
    const limit: Limit = { kind: 'capped', amount: usd(amount), period: 'monthly' };
    expect(() => writeLimit(limit)).toThrow('invalid_request');
  });
});
