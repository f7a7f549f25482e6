import { describe, expect } from 'vitest';
import { oneTimeLinks, teamMembers, teams, users } from '@/lib/db/schema';
import { actorOf, createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertTeam, insertUser } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { acceptInvitation } from './accept-invitation';
import { deleteInvitation } from './delete-invitation';
import { findInvitation } from './find-open-link';
import { inviteMember } from './invite-member';
import { listInvitations } from './list-members';

const wish = { email: 'fin@example.com', role: 'finance' as const, teamIds: [], isLead: true };
const answer = { name: 'Fin', password: 'another long password' };

describe('an invitation', () => {
  test('makes its holder a member with the role it names', async ({ db }) => {
    const admin = await insertUser(db);
    const team = await insertTeam(db);
    const context = createTestContext(db, { actor: actorOf(admin) });
    const { token } = await inviteMember(context, { ...wish, teamIds: [team.id] });
    expect(await lastAudit(db)).toMatchObject({
      action: 'member.invite',
      actorId: admin.id,
      subjectName: 'fin@example.com',
    });
    expect(JSON.stringify(await db.select().from(oneTimeLinks))).not.toContain(token);

    const outside = createTestContext(db);
    expect(await findInvitation(outside, token)).toMatchObject({ email: 'fin@example.com', role: 'finance' });
    await acceptInvitation(outside, { ...answer, token });
    const joined = (await db.select().from(users)).find((user) => user.email === 'fin@example.com');
    expect(joined).toMatchObject({ name: 'Fin', role: 'finance' });
    expect(await db.select().from(teamMembers)).toMatchObject([{ teamId: team.id, isLead: false }]);
    expect(await lastAudit(db)).toMatchObject({ action: 'member.accept_invitation', actorId: joined?.id });
    expect(await listInvitations(context)).toEqual([]);
  });

  test('names the teams that a lead will lead, or only belong to', async ({ db }) => {
    const [search, payments] = [
      await insertTeam(db, { name: 'Search' }),
      await insertTeam(db, { name: 'Payments' }),
    ];
    const context = createTestContext(db);
    const teamIds = [search.id, payments.id];
    for (const [email, isLead] of [
      ['leads@example.com', true],
      ['belongs@example.com', false],
    ] as const) {
      const { token } = await inviteMember(context, { email, role: 'lead', teamIds, isLead });
      expect(await lastAudit(db)).toMatchObject({
        after: { teams: ['Payments', 'Search'], membership: isLead ? 'lead' : 'member' },
      });
      expect(await listInvitations(context)).toMatchObject([{ teams: ['Payments', 'Search'], isLead }]);
      await acceptInvitation(context, { ...answer, token });
      const joined = (await db.select().from(users)).find((user) => user.email === email);
      const places = (await db.select().from(teamMembers)).filter(({ userId }) => userId === joined?.id);
      expect(places.map((place) => place.isLead)).toEqual([isLead, isLead]);
    }
  });

  test('is refused for a team that is gone, and passes over one archived meanwhile', async ({ db }) => {
    const team = await insertTeam(db);
    const context = createTestContext(db);
    await expect(inviteMember(context, { ...wish, teamIds: [team.id, 987_654] })).rejects.toMatchObject({
      fieldErrors: { teamIds: [expect.any(String)] },
    });
    const { token } = await inviteMember(context, { ...wish, teamIds: [team.id] });
    await db.update(teams).set({ archivedAt: new Date() });
    expect(await listInvitations(context)).toMatchObject([{ teams: [] }]);
    await acceptInvitation(context, { ...answer, token });
    expect(await db.select().from(teamMembers)).toEqual([]);
  });

  test('works once', async ({ db }) => {
    const { token } = await inviteMember(createTestContext(db), wish);
    await acceptInvitation(createTestContext(db), { ...answer, token });
    const again = acceptInvitation(createTestContext(db), { ...answer, token });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is void after seven days', async ({ db }) => {
    const clock = createTestClock('2026-11-20T10:00:00Z');
    const context = createTestContext(db, { now: clock.now });
    const { token } = await inviteMember(context, wish);
    clock.set('2026-11-27T10:00:00Z');
    expect(await findInvitation(context, token)).toBeNull();
    await expect(acceptInvitation(context, { ...answer, token })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is void when it is withdrawn or made anew', async ({ db }) => {
    const context = createTestContext(db);
    const first = await inviteMember(context, wish);
    const second = await inviteMember(context, { ...wish, email: 'FIN@example.com' });
    expect(await findInvitation(context, first.token)).toBeNull();
    const [open] = await listInvitations(context);
    await deleteInvitation(context, { invitationId: open?.id ?? '' });
    expect(await lastAudit(db)).toMatchObject({ action: 'member.withdraw_invitation' });
    expect(await findInvitation(context, second.token)).toBeNull();
  });

  test('cannot be made for who is here already', async ({ db }) => {
    await insertUser(db, { email: 'Fin@Example.com' });
    await expect(inviteMember(createTestContext(db), wish)).rejects.toMatchObject({
      fieldErrors: { email: [expect.any(String)] },
    });
  });

  test.for(['finance', 'lead'] as const)('is denied to %s, as is withdrawing one', async (role, { db }) => {
    await inviteMember(createTestContext(db), wish);
    const [open] = await db.select().from(oneTimeLinks);
    const context = createTestContext(db, { actor: testActor(role) });
    const rows = await countAudit(db);
    await expect(inviteMember(context, wish)).rejects.toMatchObject({ code: 'forbidden' });
    const withdrawal = deleteInvitation(context, { invitationId: open?.id ?? '' });
    await expect(withdrawal).rejects.toMatchObject({ code: 'forbidden' });
    expect(await countAudit(db)).toBe(rows);
  });

  test('cannot be accepted by somebody who is signed in', async ({ db }) => {
    const { token } = await inviteMember(createTestContext(db), wish);
    const context = createTestContext(db, { actor: testActor('lead') });
    await expect(acceptInvitation(context, { ...answer, token })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('of another kind does not open this door', async ({ db }) => {
    const { token } = await inviteMember(createTestContext(db), wish);
    await db.update(oneTimeLinks).set({ purpose: 'setup' });
    const attempt = acceptInvitation(createTestContext(db), { ...answer, token });
    await expect(attempt).rejects.toMatchObject({ code: 'conflict' });
  });
});
