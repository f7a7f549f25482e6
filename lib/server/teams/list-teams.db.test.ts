import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { usd } from '@/lib/domain/money/usd';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import {
  insertConnection,
  insertKey,
  insertTeam,
  insertTeamMember,
  insertUser,
  usageFact,
  utcDay,
} from '@/lib/testing/factories';
import { expectRollUpsToEqualFacts } from '@/lib/testing/usage-totals';
import { storeUsage } from '../usage/store-usage';
import { assignKeys } from './assign-keys';
import { getTeamView } from './get-team-view';
import { listTeams } from './list-teams';

const [first, second, today] = [utcDay('2026-11-02'), utcDay('2026-11-19'), utcDay('2026-11-20')];
const now = new Date('2026-11-20T08:00:00Z');

async function setUp(db: Database) {
  const connection = await insertConnection(db);
  const payments = await insertTeam(db, { name: 'Payments', costCentre: 'CC-1' });
  const support = await insertTeam(db, { name: 'Support' });
  const key = await insertKey(db, { connectionId: connection.id, externalId: 'one', name: 'checkout' });
  const context = createTestContext(db, { now });
  const store = (amounts: Partial<Record<string, string>>, at = context) =>
    storeUsage(at, {
      connectionId: connection.id,
      window: { from: first, to: today },
      batch: {
        facts: Object.entries(amounts).map(([day, spend = '0']) =>
          usageFact({ keyExternalId: 'one', day: utcDay(day), spend: usd(spend) }),
        ),
        coveredDays: [first, second, today],
        source: 'analytics',
        gap: null,
        missingKeys: [],
      },
      askedKeyIds: [key.id],
      readAt: now,
    });
  const spendOf = async () =>
    Object.fromEntries((await listTeams(context)).map(({ name, monthSpend }) => [name, monthSpend]));
  const assign = (teamId: number | null, at = context) =>
    assignKeys(at, { keyIds: [key.id], teamId, reason: '' });
  return { connection, payments, support, key, context, store, spendOf, assign };
}

describe('the list of teams', () => {
  test('shows leads, members, live keys and cost centre; without archived teams and disabled people', async ({
    db,
  }) => {
    const { connection, payments, context } = await setUp(db);
    await insertTeam(db, { name: 'Former', archivedAt: now });
    const person = async (name: string, isLead: boolean, isDisabled = false) => {
      const user = await insertUser(db, { name, isDisabled });
      await insertTeamMember(db, { teamId: payments.id, userId: user.id, isLead });
    };
    await person('zoe', true);
    await person('Ana', true);
    await person('Ben', false);
    await person('Left', false, true);
    await insertKey(db, { connectionId: connection.id, teamId: payments.id });
    await insertKey(db, { connectionId: connection.id, teamId: payments.id, deletedAt: now });
    expect(await listTeams(context)).toMatchObject([
      {
        name: 'Payments',
        costCentre: 'CC-1',
        leads: [{ name: 'Ana' }, { name: 'zoe' }],
        members: [{ name: 'Ben' }],
        keyCount: 1,
        monthSpend: '0',
      },
      { name: 'Support', leads: [], members: [], keyCount: 0 },
    ]);
  });

  test('shows a lead the teams they lead, and finance all', async ({ db }) => {
    const { support, payments } = await setUp(db);
    const lead = createTestContext(db, { actor: testActor('lead', [support.id]), now });
    expect((await listTeams(lead)).map(({ name }) => name)).toEqual(['Support']);
    await expect(getTeamView(lead, { teamId: payments.id })).rejects.toMatchObject({ code: 'not_found' });
    expect((await getTeamView(lead, { teamId: support.id })).team.name).toBe('Support');
    const without = createTestContext(db, { actor: testActor('lead'), now });
    expect(await listTeams(without)).toEqual([]);
    const finance = createTestContext(db, { actor: testActor('finance'), now });
    expect(await listTeams(finance)).toHaveLength(2);
  });

  test('a team page holds its people and exactly its keys', async ({ db }) => {
    const { connection, payments, context, key, assign } = await setUp(db);
    await insertKey(db, { connectionId: connection.id, name: 'another' });
    const ana = await insertUser(db, { name: 'Ana', isDisabled: true });
    await insertTeamMember(db, { teamId: payments.id, userId: ana.id, isLead: true });
    await assign(payments.id);
    const view = await getTeamView(context, { teamId: payments.id });
    expect(view.keys.columns.id).toEqual([key.id]);
    expect(view.people).toMatchObject([{ name: 'Ana', isLead: true, isDisabled: true }]);
    await expect(getTeamView(context, { teamId: 9_999 })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('whose spend it is', () => {
  test('a first team gets the past of the key', async ({ db }) => {
    const { store, spendOf, assign, payments } = await setUp(db);
    await store({ [first]: '1.1', [second]: '2.02', [today]: '3.003' });
    expect(await spendOf()).toEqual({ Payments: '0', Support: '0' });
    await assign(payments.id);
    expect(await spendOf()).toEqual({ Payments: '6.123', Support: '0' });
    await expectRollUpsToEqualFacts(db);
  });

  test('a later team counts from that day on, also when usage is read again', async ({ db }) => {
    const { store, spendOf, assign, payments, support } = await setUp(db);
    await store({ [first]: '1', [second]: '2', [today]: '3' });
    await assign(payments.id, createTestContext(db, { now: new Date('2026-11-10T12:00:00Z') }));
    await assign(support.id);
    expect(await spendOf()).toEqual({ Payments: '3', Support: '3' });
    await expectRollUpsToEqualFacts(db);
    await store({ [first]: '1.5', [second]: '2', [today]: '4' });
    expect(await spendOf()).toEqual({ Payments: '3.5', Support: '4' });
    await expectRollUpsToEqualFacts(db);
  });

  test('one corrected on the same day never counted', async ({ db }) => {
    const { store, spendOf, assign, payments, support } = await setUp(db);
    await store({ [first]: '1', [today]: '3' });
    await assign(payments.id);
    await assign(support.id);
    expect(await spendOf()).toEqual({ Payments: '0', Support: '4' });
    await store({ [first]: '1.5', [today]: '3' });
    expect(await spendOf()).toEqual({ Payments: '0', Support: '4.5' });
    await expectRollUpsToEqualFacts(db);
  });

  test('a key taken away from its team keeps what it spent there', async ({ db }) => {
    const { store, spendOf, assign, payments } = await setUp(db);
    await store({ [first]: '1', [second]: '2', [today]: '3' });
    await assign(payments.id, createTestContext(db, { now: new Date('2026-11-10T12:00:00Z') }));
    await assign(null);
    expect(await spendOf()).toEqual({ Payments: '3', Support: '0' });
    await expectRollUpsToEqualFacts(db);
  });
});
