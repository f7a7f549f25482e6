import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, teamMembers } from '@/lib/db/schema';
import { NO_AUDIT_FILTERS } from '@/lib/domain/audit/audit-filters';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import {
  insertConnection,
  insertKey,
  insertTeam,
  insertTeamMember,
  insertUser,
} from '@/lib/testing/factories';
import { listAudit } from '../audit/list-audit';
import { archiveTeam } from './archive-team';
import { assignKeys } from './assign-keys';
import { createTeam } from './create-team';
import { listTeamCandidates } from './list-team-candidates';
import { setTeamMember } from './set-team-member';
import { updateTeam } from './update-team';

async function setUp(db: Database) {
  const admin = actorOf(await insertUser(db, { name: 'Mara', role: 'admin' }));
  const context = createTestContext(db, { actor: admin, now: new Date('2026-11-20T08:00:00Z') });
  const lastAudit = async () => {
    const { rows } = await listAudit(context, { filters: NO_AUDIT_FILTERS });
    return rows[0];
  };
  const countAudit = async () => (await db.select().from(auditEvents)).length;
  return { admin, context, lastAudit, countAudit };
}

describe('changing teams', () => {
  test('is denied to finance and to leads, whoever leads the team', async ({ db }) => {
    const team = await insertTeam(db);
    const user = await insertUser(db);
    for (const actor of [testActor('finance'), testActor('lead', [team.id])]) {
      const context = createTestContext(db, { actor });
      const denied = { code: 'forbidden' };
      await expect(createTeam(context, { name: 'New', costCentre: null })).rejects.toMatchObject(denied);
      await expect(
        updateTeam(context, { teamId: team.id, name: 'New', costCentre: null }),
      ).rejects.toMatchObject(denied);
      await expect(archiveTeam(context, { teamId: team.id })).rejects.toMatchObject(denied);
      await expect(
        setTeamMember(context, { teamId: team.id, userId: user.id, membership: 'lead' }),
      ).rejects.toMatchObject(denied);
      await expect(listTeamCandidates(context, { teamId: team.id })).rejects.toMatchObject(denied);
      await expect(assignKeys(context, { keyIds: [1], teamId: team.id, reason: '' })).rejects.toMatchObject(
        denied,
      );
    }
    expect(await db.select().from(auditEvents)).toEqual([]);
  });

  test('creates a team and records it; a name is free again once its team is archived', async ({ db }) => {
    const { context, lastAudit } = await setUp(db);
    const { teamId } = await createTeam(context, { name: 'Payments', costCentre: 'CC-1' });
    expect(await lastAudit()).toMatchObject({
      action: 'team.create',
      subject: { id: String(teamId), name: 'Payments' },
      after: { name: 'Payments', costCentre: 'CC-1' },
      actor: { name: 'Mara' },
    });
    await expect(createTeam(context, { name: 'PAYMENTS', costCentre: null })).rejects.toMatchObject({
      code: 'invalid',
      fieldErrors: { name: [expect.any(String)] },
    });
    await archiveTeam(context, { teamId });
    expect((await createTeam(context, { name: 'payments', costCentre: null })).teamId).not.toBe(teamId);
  });

  test('renames a team and records both names; not to the name of another', async ({ db }) => {
    const { context, lastAudit } = await setUp(db);
    const team = await insertTeam(db, { name: 'Paymints' });
    await insertTeam(db, { name: 'Support' });
    await updateTeam(context, { teamId: team.id, name: 'Payments', costCentre: 'CC-2' });
    expect(await lastAudit()).toMatchObject({
      action: 'team.update',
      before: { name: 'Paymints', costCentre: null },
      after: { name: 'Payments', costCentre: 'CC-2' },
    });
    await expect(
      updateTeam(context, { teamId: team.id, name: 'support', costCentre: null }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });

  test('archives a team without live keys alone', async ({ db }) => {
    const { context, lastAudit } = await setUp(db);
    const team = await insertTeam(db, { name: 'Payments' });
    const connection = await insertConnection(db);
    const gone = { goneAt: new Date('2026-10-01T00:00:00Z') };
    await insertKey(db, { connectionId: connection.id, teamId: team.id, ...gone });
    const live = await insertKey(db, { connectionId: connection.id, teamId: team.id });
    await expect(archiveTeam(context, { teamId: team.id })).rejects.toMatchObject({
      code: 'conflict',
      message: 'Payments still has 1 key. Give them to another team first.',
    });
    await assignKeys(context, { keyIds: [live.id], teamId: null, reason: '' });
    await archiveTeam(context, { teamId: team.id });
    expect(await lastAudit()).toMatchObject({ action: 'team.archive', subject: { name: 'Payments' } });
    await expect(archiveTeam(context, { teamId: team.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('adds, raises and removes people, and records each step that changed something', async ({ db }) => {
    const { context, lastAudit, countAudit } = await setUp(db);
    const team = await insertTeam(db);
    const ana = await insertUser(db, { name: 'Ana', role: 'lead' });
    const set = (membership: 'lead' | 'member' | 'none') =>
      setTeamMember(context, { teamId: team.id, userId: ana.id, membership });
    await set('member');
    await set('lead');
    expect(await db.select().from(teamMembers)).toMatchObject([{ userId: ana.id, isLead: true }]);
    expect(await lastAudit()).toMatchObject({
      action: 'team.set_member',
      before: { person: 'Ana', membership: 'member' },
      after: { person: 'Ana', membership: 'lead' },
    });
    await set('lead');
    expect(await countAudit()).toBe(2);
    await set('none');
    expect(await db.select().from(teamMembers)).toEqual([]);
  });

  test('takes in active people alone, and lets disabled ones go', async ({ db }) => {
    const { context } = await setUp(db);
    const team = await insertTeam(db);
    const left = await insertUser(db, { isDisabled: true });
    const set = (membership: 'member' | 'none') =>
      setTeamMember(context, { teamId: team.id, userId: left.id, membership });
    await expect(set('member')).rejects.toMatchObject({ code: 'invalid' });
    await insertTeamMember(db, { teamId: team.id, userId: left.id });
    await set('none');
    expect(await db.select().from(teamMembers).where(eq(teamMembers.userId, left.id))).toEqual([]);
  });

  test('offers the active people who are not in the team', async ({ db }) => {
    const { context } = await setUp(db);
    const [team, other] = [await insertTeam(db), await insertTeam(db)];
    const inside = await insertUser(db, { name: 'Inside' });
    const outside = await insertUser(db, { name: 'Outside' });
    await insertUser(db, { name: 'Left', isDisabled: true });
    await insertTeamMember(db, { teamId: team.id, userId: inside.id });
    await insertTeamMember(db, { teamId: other.id, userId: outside.id });
    const candidates = await listTeamCandidates(context, { teamId: team.id });
    expect(candidates.map(({ name }) => name)).toEqual(['Mara', 'Outside']);
  });
});
