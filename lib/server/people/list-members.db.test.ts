import { describe, expect } from 'vitest';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertTeam, insertTeamMember, insertUser } from '@/lib/testing/factories';
import { insertSession } from '@/lib/testing/people';
import { listInvitations, listMembers } from './list-members';

describe('listMembers', () => {
  test('tells role, teams, status and only the sessions that stand', async ({ db }) => {
    const now = new Date('2026-11-20T10:00:00Z');
    const lead = await insertUser(db, { name: 'Bea', role: 'lead', lastSeenAt: now, passwordHash: 'x' });
    await insertUser(db, { name: 'Abe', isDisabled: true });
    const team = await insertTeam(db, { name: 'Search' });
    await insertTeamMember(db, { teamId: team.id, userId: lead.id });
    await insertSession(db, { userId: lead.id }, now);
    await insertSession(db, { userId: lead.id, revokedAt: now }, now);
    await insertSession(db, { userId: lead.id, lastSeenAt: new Date('2026-11-20T08:00:00Z') }, now);
    const context = createTestContext(db, { actor: testActor('finance'), now });
    expect(await listMembers(context, { idleMinutes: 60 })).toMatchObject([
      {
        name: 'Bea',
        role: 'lead',
        status: 'active',
        teams: ['Search'],
        sessionCount: 1,
        lastSeenAt: now.toISOString(),
        hasPassword: true,
        hasSingleSignOn: false,
      },
      { name: 'Abe', status: 'disabled', teams: [], sessionCount: 0, lastSeenAt: null, hasPassword: false },
    ]);
  });

  test('is denied to leads, as are the invitations', async ({ db }) => {
    const context = createTestContext(db, { actor: testActor('lead') });
    await expect(listMembers(context, { idleMinutes: 60 })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listInvitations(context)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
