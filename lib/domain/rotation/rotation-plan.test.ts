import { describe, expect, it } from 'vitest';
import { openRouterCapabilities } from '@/lib/providers/openrouter/capabilities';
import { requestyCapabilities } from '@/lib/providers/requesty/capabilities';
import { capped } from '../limits/limit';
import { usd } from '../money/usd';
import { type OldKeySettings, planRotation } from './rotation-plan';

const now = new Date('2026-11-20T12:00:00Z');

function settings(values: Partial<OldKeySettings> = {}): OldKeySettings {
  return {
    connectionId: 3,
    limit: capped(usd(25), 'monthly'),
    isRaised: false,
    includeByokInLimit: null,
    permissions: null,
    labels: {},
    expiresAt: null,
    isDisabled: false,
    containerId: null,
    containerName: null,
    isContainerGone: false,
    teamId: 4,
    isTeamArchived: false,
    ownerId: '5b0a6b5c-7f4b-4f4e-9a5e-0a4c1d1d1d1d',
    ownerName: 'Ada',
    isOwnerGone: false,
    ...values,
  };
}

const kinds = (plan: ReturnType<typeof planRotation>) => plan.notes.map(({ kind }) => kind);

describe('the key that takes over', () => {
  it('has the same settings where the provider takes them at creation', () => {
    const expiresAt = new Date('2026-12-24T00:00:00Z');
    const old = settings({ includeByokInLimit: true, expiresAt, containerId: 9, containerName: 'Prod' });
    const plan = planRotation(openRouterCapabilities, old, now);
    expect(plan.wish).toEqual({
      connectionId: 3,
      limit: capped(usd(25), 'monthly'),
      includeByokInLimit: true,
      containerId: 9,
      permissions: null,
      expiresAt: expiresAt.toISOString(),
      labels: {},
      teamId: 4,
      ownerId: old.ownerId,
    });
    expect(kinds(plan)).toEqual(['limit_starts_anew']);
  });

  it('has permissions and labels where there are such, and says what the provider never tells', () => {
    const permissions = { manage: 'none', completions: 'write' } as const;
    const old = settings({ permissions, labels: { env: 'prod' }, limit: { kind: 'unlimited' } });
    const plan = planRotation(requestyCapabilities.current, old, now);
    expect(plan.wish).toMatchObject({ permissions, labels: { env: 'prod' } });
    expect(plan.wish).not.toHaveProperty('includeByokInLimit');
    expect(kinds(plan)).toEqual(['expiry_not_told']);
  });

  it('goes without what its provider cannot do, and says so', () => {
    const old = settings({
      labels: { env: 'prod' },
      containerId: 9,
      containerName: 'Prod',
      expiresAt: new Date('2026-12-24T00:00:00Z'),
    });
    const plan = planRotation(requestyCapabilities.classic, old, now);
    expect(plan.wish).toMatchObject({ labels: {}, containerId: null, expiresAt: null });
    expect(kinds(plan)).toEqual([
      'limit_starts_anew',
      'container',
      'permissions_not_told',
      'expiry',
      'labels',
    ]);
  });

  it('goes without what is not there any more', () => {
    const old = settings({
      isDisabled: true,
      isRaised: true,
      isOwnerGone: true,
      isTeamArchived: true,
      containerId: 9,
      isContainerGone: true,
      expiresAt: now,
    });
    const plan = planRotation(openRouterCapabilities, old, now);
    expect(plan.wish).toMatchObject({ ownerId: null, teamId: null, containerId: null, expiresAt: null });
    expect(kinds(plan)).toEqual([
      'limit_starts_anew',
      'raise',
      'container',
      'expired',
      'disabled',
      'owner_gone',
      'team_archived',
    ]);
  });
});
