import { describe, expect, it } from 'vitest';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { keyFacts, organizationFacts } from './usage-mapper';
import { usageSchema } from './wire';

const window = { from: '2026-08-01' as UtcDay, to: '2026-08-31' as UtcDay };
const wanted = new Set(['key-1', 'key-2']);

const row = (values: Record<string, unknown>, spend: unknown, requests = 1) => ({
  group_by_values: values,
  total_requests: requests,
  spend,
  input_tokens: '30',
  output_tokens: 12,
});
const entries = (usage: unknown) => usageSchema.parse({ usage }).usage;
const byKey = (grouped_data: unknown, total = '1.25') =>
  organizationFacts(
    entries({ '2026-08-07': { total_requests: 7, spend: total, grouped_data } }),
    window,
    wanted,
  );

describe('organizationFacts', () => {
  it('keeps wanted keys, sums what is told twice, and leaves unattributed rows out', () => {
    const facts = byKey([
      row({ api_key_id: 'key-1', model_used: 'openai/gpt-5' }, '0.1', 2),
      row({ api_key_id: 'key-1', model_used: 'openai/gpt-5' }, 0.2, 3),
      row({ api_key_id: 'key-1', model_used: null }, '1'),
      row({ api_key_id: 'stranger', model_used: 'openai/gpt-5' }, '9'),
      row({ api_key_id: null, model_used: 'openai/gpt-5' }, '9'),
      row({ api_key_id: '', model_used: 'openai/gpt-5' }, '9'),
    ]);
    expect(facts).toMatchObject([
      { keyExternalId: 'key-1', model: 'openai/gpt-5', requests: 5, spend: '0.3', promptTokens: 60 },
      { keyExternalId: 'key-1', model: null, requests: 1, spend: '1' },
    ]);
  });

  it('is not told at all when the answer was not grouped as asked', () => {
    expect(byKey(undefined)).toBeNull();
    expect(byKey([row({ model_used: 'openai/gpt-5' }, '1.25')])).toBeNull();
    expect(byKey([{ total_requests: 1 }])).toBeNull();
  });

  it('needs no groups for a day without use', () => {
    const usage = entries({ '2026-08-07': { total_requests: 0, spend: '0' }, '2026-08-08': {} });
    expect(organizationFacts(usage, window, wanted)).toEqual([]);
  });
});

describe('keyFacts', () => {
  it.each([
    ['2026-08-07', '2026-08-07'],
    ['2026-08-07T00:00:00Z', '2026-08-07'],
    ['2026-08-07T00:00:00.000Z', '2026-08-07'],
    ['2026-08-07T00:00:00+00:00', '2026-08-07'],
    ['2026-08-07T02:00:00+02:00', '2026-08-07'],
  ])('reads the period %s as %s', (period, day) => {
    const usage = entries({ [period]: { total_requests: 7, spend: '1.25' } });
    expect(keyFacts(usage, window, 'key-1')).toMatchObject([
      { day, model: null, requests: 7, spend: '1.25' },
    ]);
  });

  it('leaves out days beyond the window', () => {
    const usage = entries({ '2026-07-31': { total_requests: 1 }, '2026-09-01': { total_requests: 1 } });
    expect(keyFacts(usage, window, 'key-1')).toEqual([]);
  });

  it('does not pass over a period that it cannot read', () => {
    const usage = entries({ 'last week': { total_requests: 1 } });
    expect(() => keyFacts(usage, window, 'key-1')).toThrow('invalid_response');
  });
});
