import { describe, expect, it } from 'vitest';
import { requestyBaseUrl } from './base-url';
import { toContainer, toKey, toMember } from './mapper';
import { memberListSchema } from './wire';

const ROW = {
  id: '3c90c3cc',
  name: 'production',
  monthly_limit: '500',
  monthly_spend: '63.545944565',
  permissions: { manage: 'read', completions: 'write' },
  labels: { env: 'prod', odd: 3 },
  created_by: { id: 'user-1', email: 'you@example.com' },
  group: { id: 'group-1' },
  x_tier: { name: 'standard' },
};

describe('toKey', () => {
  it('reads a listed key with exact money, and leaves out what is no label', () => {
    expect(toKey(ROW, 'list')).toEqual({
      externalId: '3c90c3cc',
      name: 'production',
      isDisabled: false,
      limit: { kind: 'capped', amount: '500', period: 'monthly' },
      spend: { daily: null, weekly: null, monthly: '63.545944565', lifetime: null },
      byokSpend: { daily: null, weekly: null, monthly: null, lifetime: null },
      permissions: { manage: 'read', completions: 'write' },
      labels: { env: 'prod' },
      creator: { externalId: 'user-1', email: 'you@example.com' },
      containerExternalId: 'group-1',
    });
  });

  it('tells only what its source tells', () => {
    const bare = { id: 'a', name: 'b', monthly_limit: 0, monthly_spend: 3 };
    expect(toKey(bare, 'list')).toMatchObject({ labels: {}, containerExternalId: null });
    expect(toKey(bare, 'detail')).toMatchObject({ containerExternalId: null });
    expect(toKey(bare, 'detail')).not.toHaveProperty('labels');
    expect(toKey(bare, 'classic_list')).not.toHaveProperty('labels');
    expect(toKey(bare, 'classic_list')).not.toHaveProperty('containerExternalId');
  });

  it('takes zero money in every form that was seen', () => {
    for (const monthly_spend of ['0', 0, null, undefined]) {
      expect(toKey({ ...ROW, monthly_spend }, 'list')?.spend.monthly).toBe('0');
    }
    expect(toKey({ ...ROW, monthly_spend: 'much' }, 'list')?.spend.monthly).toBeNull();
  });

  it.each([
    ['no id', { ...ROW, id: undefined }],
    ['no name', { ...ROW, name: undefined }],
    ['a limit that is no amount', { ...ROW, monthly_limit: 'much' }],
    ['a limit of another type', { ...ROW, monthly_limit: {} }],
    ['nothing in it', null],
  ])('gives no key for a row with %s', (_, row) => {
    expect(toKey(row, 'list')).toBeNull();
  });
});

describe('members and groups', () => {
  const member = { user_id: 'user-1', email: 'a@example.com' };

  it.each([[{ members: [member] }], [{ users: [member] }], [{ data: [member] }], [[member]]])(
    'are found in %o',
    (body) => {
      expect(memberListSchema.parse(body).map(toMember)).toEqual([
        { externalId: 'user-1', email: 'a@example.com', name: null, role: null },
      ]);
    },
  );

  it('are nothing without an id', () => {
    expect(toMember({ email: 'a@example.com' })).toBeNull();
    expect(toContainer({ name: 'Engineering' })).toBeNull();
    expect(toContainer({ id: 'group-1' })?.name).toBe('group-1');
  });
});

describe('requestyBaseUrl', () => {
  it.each([
    ['https://api-v2.requesty.ai', 'https://api-v2.requesty.ai'],
    ['https://api-v2.requesty.ai/', 'https://api-v2.requesty.ai'],
    [' https://api-v2.requesty.ai/v1/ ', 'https://api-v2.requesty.ai'],
    ['https://api.requesty.ai/v1/manage', 'https://api.requesty.ai'],
    ['https://api.requesty.ai/manage/', 'https://api.requesty.ai'],
    ['http://127.0.0.1:4020/classic', 'http://127.0.0.1:4020/classic'],
    ['http://127.0.0.1:4020/classic/v1/manage//', 'http://127.0.0.1:4020/classic'],
    ['https://proxy.example/requesty?x=1#y', 'https://proxy.example/requesty'],
  ])('of %s is %s', (typed, expected) => {
    expect(requestyBaseUrl(typed)).toBe(expected);
  });

  it.each(['', 'requesty', 'ftp://api.requesty.ai'])('refuses %s', (typed) => {
    expect(() => requestyBaseUrl(typed)).toThrow('invalid_request');
  });
});
