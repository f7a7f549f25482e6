import { describe, expect, it } from 'vitest';
import { toContainer, toKey, toMember } from './mapper';

const ROW = {
  hash: 'f01d52606dc8',
  name: 'My Production Key',
  label: 'sk-or-v1-f01...943',
  disabled: false,
  limit: 100,
  limit_remaining: -1.5,
  limit_reset: 'monthly',
  include_byok_in_limit: false,
  usage: 25.5,
  usage_daily: '25.50',
  usage_weekly: 1e-7,
  usage_monthly: null,
  byok_usage: 17.38,
  created_at: '2025-08-24T10:30:00Z',
  updated_at: null,
  expires_at: '2027-12-31 23:59:59',
  creator_user_id: 'user_1',
  workspace_id: '0df9e665',
  field_of_next_year: { any: 'thing' },
};

describe('toKey', () => {
  it('reads money exactly, dates of both forms, and ignores what it does not know', () => {
    expect(toKey(ROW)).toMatchObject({
      externalId: 'f01d52606dc8',
      maskedLabel: 'sk-or-v1-f01...943',
      limit: { kind: 'capped', amount: '100', period: 'monthly' },
      limitRemaining: '-1.5',
      spend: { lifetime: '25.5', daily: '25.5', weekly: '0.0000001', monthly: null },
      byokSpend: { lifetime: '17.38', daily: null },
      expiresAt: new Date('2027-12-31T23:59:59Z'),
      updatedAt: null,
      creator: { externalId: 'user_1', email: null },
      containerExternalId: '0df9e665',
    });
  });

  it('does not say when a key was last used where the answer does not', () => {
    expect(toKey(ROW)?.lastUsedAt).toBeUndefined();
    expect(toKey({ ...ROW, last_used_at: null })?.lastUsedAt).toBeNull();
  });

  it.each(['hash', 'name', 'disabled', 'limit'])('gives no key when %s is missing', (field) => {
    const { [field]: _, ...rest } = ROW as Record<string, unknown>;
    expect(toKey(rest)).toBeNull();
  });

  it('survives the loss of everything else', () => {
    const key = toKey({ hash: 'a', name: 'b', disabled: true, limit: null }, 'workspace-1');
    expect(key).toMatchObject({
      isDisabled: true,
      limit: { kind: 'unlimited' },
      containerExternalId: 'workspace-1',
    });
  });

  it.each([null, 'text', [], {}])('gives no key for %o', (row) => {
    expect(toKey(row)).toBeNull();
  });
});

describe('toContainer and toMember', () => {
  it('know the default workspace by its flag or its slug', () => {
    const row = { id: 'w', name: 'Default', slug: 'default' };
    expect(toContainer(row)?.isDefault).toBe(true);
    expect(toContainer({ ...row, slug: 'team', is_default: true })?.isDefault).toBe(true);
    expect(toContainer({ ...row, slug: 'team' })?.isDefault).toBe(false);
  });

  it('make a name of what there is', () => {
    const row = { id: 'user_1', email: 'jane@example.com', role: 'org:admin' };
    expect(toMember({ ...row, first_name: 'Jane', last_name: 'Doe' })).toMatchObject({
      name: 'Jane Doe',
      role: 'admin',
    });
    expect(toMember({ ...row, first_name: null, last_name: 'Doe' })?.name).toBe('Doe');
    expect(toMember({ ...row, first_name: null })?.name).toBeNull();
    expect(toMember({ email: 'nobody@example.com' })).toBeNull();
  });
});
