import { describe, expect, it } from 'vitest';
import { connectionIdTextSchema, createConnectionSchema } from './connection-input';

const input = {
  provider: 'openrouter',
  name: 'Research',
  baseUrl: 'https://openrouter.ai/api/v1',
  managementKey: 'sk-or-v1-0123456789abcdef',
};

const faultsOf = (values: Partial<Record<keyof typeof input, string>>) => {
  const result = createConnectionSchema.safeParse({ ...input, ...values });
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'));
};

describe('what a person types for a connection', () => {
  it('is trimmed', () => {
    const typed = { ...input, name: ' Research ', managementKey: ` ${input.managementKey}\n` };
    expect(createConnectionSchema.parse(typed)).toEqual(input);
  });

  it('is told field by field', () => {
    expect(faultsOf({ provider: 'other' })).toEqual(['provider']);
    expect(faultsOf({ name: '  ' })).toEqual(['name']);
    expect(faultsOf({ name: 'x'.repeat(81) })).toEqual(['name']);
    expect(faultsOf({ baseUrl: 'openrouter' })).toEqual(['baseUrl']);
    expect(faultsOf({ managementKey: 'short' })).toEqual(['managementKey']);
    expect(faultsOf({ managementKey: 'x'.repeat(401) })).toEqual(['managementKey']);
  });

  it('takes no key that would break out of a header', () => {
    for (const managementKey of ['sk-or-v1\r\nx: 1', 'sk or v1 012', 'sk-ör-0123456', 'sk-0123\u200b456']) {
      expect(faultsOf({ managementKey })).toEqual(['managementKey']);
    }
  });
});

describe('an id in an address', () => {
  it('is a whole number above zero and nothing else', () => {
    expect(connectionIdTextSchema.parse('12')).toBe(12);
    for (const text of ['0', '-1', '1.5', '01', '1e3', '', 'x', '99999999999']) {
      expect(connectionIdTextSchema.safeParse(text).success).toBe(false);
    }
  });
});
