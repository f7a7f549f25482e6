import { describe, expect, it } from 'vitest';
import { oidcClaimsSchema, roleFromClaims } from './oidc-claims';

const rule = { claim: 'groups', map: { platform: 'admin', controlling: 'finance', dev: 'lead' } } as const;

describe('roleFromClaims', () => {
  it('takes the furthest-reaching of several groups', () => {
    expect(roleFromClaims({ groups: ['dev', 'controlling', 'other'] }, rule)).toBe('finance');
    expect(roleFromClaims({ groups: ['dev', 'platform'] }, rule)).toBe('admin');
  });

  it('reads a claim that is one text, and one inside others', () => {
    expect(roleFromClaims({ groups: 'dev' }, rule)).toBe('lead');
    expect(roleFromClaims({ realm: { roles: ['platform'] } }, { ...rule, claim: 'realm.roles' })).toBe(
      'admin',
    );
    expect(roleFromClaims({ 'https://a.b/roles': ['dev'] }, { ...rule, claim: 'https://a.b/roles' })).toBe(
      'lead',
    );
  });

  it.each([
    {},
    { groups: [] },
    { groups: ['Platform'] },
    { groups: 7 },
    { groups: ['constructor', '__proto__'] },
  ])('gives no role for %j', (claims) => {
    expect(roleFromClaims(claims, rule)).toBeNull();
  });
});

describe('email_verified', () => {
  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['yes', undefined],
    [1, undefined],
    [undefined, undefined],
  ])('%j counts as %j', (sent, read) => {
    const claims = oidcClaimsSchema.parse({ iss: 'https://idp.example', sub: '1', email_verified: sent });
    expect(claims.email_verified).toBe(read);
  });
});
