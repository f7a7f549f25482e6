import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { assignmentRules, auditEvents, keyAssignments, keys, providerMembers } from '@/lib/db/schema';
import { assignmentRuleSchema } from '@/lib/domain/assignment/rule';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, insertUser, providerKey } from '@/lib/testing/factories';
import { fakeProvider, inventory } from '@/lib/testing/fake-provider';
import { readKeys } from '../reads/read-keys';
import { archiveTeam } from '../teams/archive-team';
import { applyAssignmentRules } from './apply-assignment-rules';
import { listAssignmentRules } from './list-assignment-rules';
import { saveAssignmentRules } from './save-assignment-rules';
import { tryAssignmentRules } from './try-assignment-rules';

const now = new Date('2026-11-20T08:00:00Z');

async function setUp(db: Database) {
  const user = await insertUser(db, { name: 'Mara' });
  const context = createTestContext(db, { actor: actorOf(user), now });
  const connection = await insertConnection(db);
  const team = await insertTeam(db, { name: 'Search' });
  const owner = await insertUser(db, { name: 'Jo' });
  const rule = (match: Record<string, unknown>, values: Record<string, unknown> = {}) =>
    assignmentRuleSchema.parse({ match, teamId: team.id, ownerId: owner.id, isEnabled: true, ...values });
  const save = async (rules: ReturnType<typeof rule>[]) => {
    const { digest } = await tryAssignmentRules(context, { rules });
    return saveAssignmentRules(context, { rules, digest });
  };
  const holders = async () =>
    Object.fromEntries(
      (await db.select().from(keys)).map(({ name, teamId, ownerId }) => [name, { teamId, ownerId }]),
    );
  const audits = async (action: string) =>
    db.select().from(auditEvents).where(eq(auditEvents.action, action));
  return { context, connection, team, owner, rule, save, holders, audits };
}

describe('assignment rules', () => {
  test('are for admins alone', async ({ db }) => {
    for (const actor of [testActor('finance'), testActor('lead', [1])]) {
      const context = createTestContext(db, { actor });
      const denied = { code: 'forbidden' };
      await expect(listAssignmentRules(context)).rejects.toMatchObject(denied);
      await expect(tryAssignmentRules(context, { rules: [] })).rejects.toMatchObject(denied);
      await expect(saveAssignmentRules(context, { rules: [], digest: 'x' })).rejects.toMatchObject(denied);
      await expect(applyAssignmentRules(context)).rejects.toMatchObject(denied);
    }
    expect(await db.select().from(auditEvents)).toEqual([]);
  });

  test('are tried on all live keys without changing one', async ({ db }) => {
    const { context, connection, team, owner, rule, holders, audits } = await setUp(db);
    const other = await insertTeam(db, { name: 'Other' });
    const at = { connectionId: connection.id };
    await insertKey(db, { ...at, name: 'search-a' });
    await insertKey(db, { ...at, name: 'search-b', teamId: other.id, ownerId: owner.id });
    await insertKey(db, { ...at, name: 'search-c', teamId: team.id, ownerId: owner.id });
    await insertKey(db, { ...at, name: 'search-gone', goneAt: now });
    await insertKey(db, { ...at, name: 'unlike' });
    const before = await holders();
    const tried = await tryAssignmentRules(context, { rules: [rule({ name: 'search-*' })] });
    expect(tried).toMatchObject({
      keyCount: 4,
      total: { gets: 1, same: 1, other: 1 },
      unmatched: 1,
      stillLacking: 1,
      byRule: [{ gets: 1, same: 1, other: 1 }],
    });
    expect(tried.keys[0]).toMatchObject({
      name: 'search-a',
      team: 'Search',
      owner: 'Jo',
      isTeamNew: true,
      rule: 0,
    });
    expect(await holders()).toEqual(before);
    expect(await audits('key.assign')).toEqual([]);
  });

  test('are saved as they were tried, with an audit row; other rules or other keys ask to try again', async ({
    db,
  }) => {
    const { context, connection, rule, save, audits } = await setUp(db);
    const rules = [rule({ name: 'search-*' }), rule({ creator: '*@example.com' }, { ownerId: null })];
    expect(await save(rules)).toEqual({ saved: 2 });
    expect((await listAssignmentRules(context)).rules).toEqual(rules);
    const [saved] = await audits('assignment_rules.update');
    expect(saved).toMatchObject({
      outcome: 'done',
      before: { rules: '0 rules' },
      after: { rules: '2 rules' },
    });

    const { digest } = await tryAssignmentRules(context, { rules });
    const conflict = { code: 'conflict' };
    await expect(saveAssignmentRules(context, { rules: rules.slice(1), digest })).rejects.toMatchObject(
      conflict,
    );
    await insertKey(db, { connectionId: connection.id, name: 'search-new' });
    await expect(saveAssignmentRules(context, { rules, digest })).rejects.toMatchObject(conflict);
    expect(await audits('assignment_rules.update')).toHaveLength(1);
    expect(await save([])).toEqual({ saved: 0 });
    expect(await db.select().from(assignmentRules)).toEqual([]);
  });

  test('refuse a team that was archived and a person who is disabled', async ({ db }) => {
    const { rule, save } = await setUp(db);
    const gone = await insertTeam(db, { archivedAt: now });
    await expect(save([rule({ name: 'a' }, { teamId: gone.id })])).rejects.toMatchObject({
      code: 'not_found',
    });
    const left = await insertUser(db, { isDisabled: true });
    await expect(save([rule({ name: 'a' }, { ownerId: left.id })])).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('give keys that a read finds for the first time their team and owner, and no others', async ({
    db,
  }) => {
    const { context, connection, team, owner, rule, save, holders, audits } = await setUp(db);
    await insertKey(db, { connectionId: connection.id, name: 'search-old', externalId: 'old' });
    await save([
      rule({ name: 'search-*' }),
      rule({ label: { name: 'env', value: 'dev' } }, { teamId: null }),
    ]);
    const found = [
      providerKey({ externalId: 'old', name: 'search-old' }),
      providerKey({ name: 'search-new' }),
      providerKey({ name: 'lab', labels: { env: 'dev' } }),
      providerKey({ name: 'nobodys' }),
    ];
    const reading = createTestContext(db, {
      provider: fakeProvider({ reads: { listKeys: async () => inventory(found) } }),
      now,
    });
    expect(await readKeys(reading, { connectionId: connection.id })).toMatchObject({ state: 'complete' });
    expect(await holders()).toEqual({
      'search-old': { teamId: null, ownerId: null },
      'search-new': { teamId: team.id, ownerId: owner.id },
      lab: { teamId: null, ownerId: owner.id },
      nobodys: { teamId: null, ownerId: null },
    });
    const rows = await audits('key.assign');
    expect(rows.map(({ reason, actorKind }) => ({ reason, actorKind }))).toEqual([
      { reason: 'By the assignment rules, when first found', actorKind: 'system' },
      { reason: 'By the assignment rules, when first found', actorKind: 'system' },
    ]);
    expect(await db.select().from(keyAssignments)).toHaveLength(2);

    expect(await applyAssignmentRules(context)).toEqual({ assigned: 1 });
    expect((await holders())['search-old']).toEqual({ teamId: team.id, ownerId: owner.id });
    expect(await applyAssignmentRules(context)).toEqual({ assigned: 0 });
    expect(await audits('key.assign')).toHaveLength(3);
  });

  test('know a maker by the address that the account’s members tell', async ({ db }) => {
    const { context, connection, team, rule, save, holders } = await setUp(db);
    await db.insert(providerMembers).values({
      connectionId: connection.id,
      externalId: 'user_1',
      email: 'Jane@Example.com',
      lastSeenAt: now,
    });
    await insertKey(db, { connectionId: connection.id, name: 'hers', creatorExternalId: 'user_1' });
    await save([rule({ creator: 'jane@example.com' }, { ownerId: null })]);
    await applyAssignmentRules(context);
    expect((await holders()).hers).toEqual({ teamId: team.id, ownerId: null });
  });

  test('no longer give keys to a team that was archived since', async ({ db }) => {
    const { context, connection, team, rule, save, holders } = await setUp(db);
    await save([rule({ name: '*' }, { ownerId: null })]);
    await archiveTeam(context, { teamId: team.id });
    await insertKey(db, { connectionId: connection.id, name: 'a' });
    expect(await applyAssignmentRules(context)).toEqual({ assigned: 0 });
    expect((await holders()).a).toEqual({ teamId: null, ownerId: null });
  });

  test('take in 10,000 new keys with a handful of statements', async ({ db }) => {
    const { connection, rule, save, audits } = await setUp(db);
    await save([rule({ name: 'search-*' }), rule({ name: '*' }, { ownerId: null })]);
    const found = Array.from({ length: 10_000 }, (_, at) =>
      providerKey({ name: `${at % 2 ? 'search' : 'chat'}-${at}` }),
    );
    const reading = createTestContext(db, {
      provider: fakeProvider({ reads: { listKeys: async () => inventory(found) } }),
      now,
    });
    expect(await readKeys(reading, { connectionId: connection.id })).toMatchObject({ state: 'complete' });
    expect(await audits('key.assign')).toHaveLength(2);
    expect(await db.select().from(keyAssignments)).toHaveLength(10_000);
  });
});
