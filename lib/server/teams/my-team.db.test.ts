import { describe, expect } from 'vitest';
import { usd } from '@/lib/domain/money/usd';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import {
  insertConnection,
  insertKey,
  insertTeam,
  insertTeamMember,
  insertUser,
} from '@/lib/testing/factories';
import { getMyTeam } from './get-my-team';
import { listTeams } from './list-teams';
import { updateTeam } from './update-team';

const now = new Date('2026-11-20T08:00:00Z');

describe('my team', () => {
  test('is the teams that a lead leads, with their keys and nobody else’s', async ({ db }) => {
    const connection = await insertConnection(db);
    const mine = await insertTeam(db, { name: 'Mine', monthlyBudget: usd('250.5') });
    const other = await insertTeam(db, { name: 'Other' });
    const lead = await insertUser(db, { role: 'lead' });
    await insertTeamMember(db, { teamId: mine.id, userId: lead.id, isLead: true });
    await insertKey(db, { connectionId: connection.id, name: 'a', teamId: mine.id });
    await insertKey(db, { connectionId: connection.id, name: 'b', teamId: other.id });
    const context = createTestContext(db, { actor: actorOf(lead, [mine.id]), now });
    const { teams, requests } = await getMyTeam(context);
    expect(teams.map(({ team, keys }) => [team.name, team.monthlyBudget, keys.columns.name])).toEqual([
      ['Mine', '250.5', ['a']],
    ]);
    expect(requests).toEqual([]);
  });

  test('is empty for an admin who leads none, though they may see all teams', async ({ db }) => {
    await insertTeam(db);
    const context = createTestContext(db, { actor: actorOf(await insertUser(db)), now });
    expect((await getMyTeam(context)).teams).toEqual([]);
    expect(await listTeams(context)).toHaveLength(1);
  });

  test('keeps a budget that an edit does not name, and lets none be set', async ({ db }) => {
    const team = await insertTeam(db, { name: 'T', monthlyBudget: usd(10) });
    const context = createTestContext(db, { actor: actorOf(await insertUser(db)), now });
    const budget = async () => (await listTeams(context, { teamId: team.id }))[0]?.monthlyBudget;
    await updateTeam(context, { teamId: team.id, name: 'T', costCentre: null });
    expect(await budget()).toBe('10');
    await updateTeam(context, { teamId: team.id, name: 'T', costCentre: null, monthlyBudget: null });
    expect(await budget()).toBeNull();
    const lead = createTestContext(db, { actor: testActor('lead', [team.id]), now });
    await expect(
      updateTeam(lead, { teamId: team.id, name: 'T', costCentre: null, monthlyBudget: usd(1) }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
