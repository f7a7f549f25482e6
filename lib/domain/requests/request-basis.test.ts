import { describe, expect, it } from 'vitest';
import { capped } from '../limits/limit';
import { usd } from '../money/usd';
import { type BasisChange, basisChanges, isSameBasis, type RequestBasis } from './request-basis';
import { defaultRequestRules } from './request-rules';

const limit = capped(usd(300), 'monthly');
const basis: RequestBasis = {
  key: {
    id: 1,
    name: 'search-prod',
    limit,
    includeByokInLimit: false,
    isDisabled: false,
    isThere: true,
    teamId: 1,
    ownerId: null,
  },
  rules: { ...defaultRequestRules },
  grant: { kind: 'limit', limit: capped(usd(380), 'monthly'), until: null },
  newKey: null,
  told: null,
};
const key = basis.key;
if (!key) throw new Error('the basis has a key');

describe('what an approval is for', () => {
  it('is the same whatever was told in between', () => {
    expect(isSameBasis(basis, { ...basis, told: { limit, at: '2026-11-20T00:00:00Z' } })).toBe(true);
    expect(basisChanges(basis, basis)).toEqual([]);
  });

  it.each<[BasisChange, RequestBasis]>([
    ['limit', { ...basis, key: { ...key, limit: capped(usd(301), 'monthly') } }],
    ['key', { ...basis, key: { ...key, isDisabled: true } }],
    ['key', { ...basis, key: { ...key, teamId: 2 } }],
    ['key', { ...basis, key: { ...key, isThere: false } }],
    ['rules', { ...basis, rules: { ...basis.rules, twoAbove: usd(300) } }],
    ['wish', { ...basis, grant: null }],
  ])('is another one when %s changed', (change, after) => {
    expect(isSameBasis(basis, after)).toBe(false);
    expect(basisChanges(basis, after)).toEqual([change]);
  });
});
