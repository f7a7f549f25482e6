import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { providerBudgets } from '@/lib/db/schema';
import { stackOf } from '@/lib/domain/binds/binds-wire';
import { whatBinds } from '@/lib/domain/binds/what-binds';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { addUsd, usd, ZERO_USD } from '@/lib/domain/money/usd';
import { as, connectVendor, injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { actorOf, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertTeam, insertUser } from '@/lib/testing/factories';
import { getKeysTable } from '../keys/get-keys-table';
import { readKeys } from '../reads/read-keys';

let openRouter: TestEmulator;
let requesty: TestEmulator;

beforeAll(async () => {
  openRouter = await startVendor('openrouter', 30);
  requesty = await startVendor('requesty', 30);
});
afterAll(async () => {
  await openRouter.close();
  await requesty.close();
});

async function budgetsOf(db: Database, connectionId: number) {
  const rows = await db.select().from(providerBudgets);
  return rows.filter((row) => row.connectionId === connectionId);
}

describe('the budgets above keys', () => {
  test('come with the read of an account, and bind its keys in the table', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'openrouter', openRouter);
    await readKeys(context, { connectionId });
    const kinds = (await budgetsOf(db, connectionId)).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['guardrail', 'workspace', 'workspace']);
    const table = await getKeysTable(context);
    const rows = decodeKeysTable(table).filter((row) => row.connection.id === connectionId);
    const now = new Date(table.asOf);
    const weekly = rows.filter(({ container }) => container?.name === 'Customer products');
    expect(weekly.length).toBeGreaterThan(1);
    const { rows: counted } = await db.execute<{ spend: string }>(sql`
      select k.spend_weekly::text as spend from keys k join containers c on c.id = k.container_id
      where c.name = 'Customer products' and k.connection_id = ${connectionId}`);
    const spent = addUsd(ZERO_USD, ...counted.map(({ spend }) => usd(spend)));
    for (const row of weekly) {
      const { above, notKnown } = stackOf(table.binds, row);
      expect(above.map(({ kind, used }) => [kind, used])).toEqual([
        ['workspace', spent],
        ['balance', '0'],
      ]);
      expect(notKnown).toEqual([]);
    }
    const guarded = rows.filter((row) =>
      stackOf(table.binds, row).above.some(({ kind }) => kind === 'guardrail'),
    );
    expect(guarded.length).toBeGreaterThan(0);
    for (const row of guarded) expect(whatBinds(stackOf(table.binds, row), now).kind).not.toBe('open');
  });

  test('stay as they were known when they cannot be read, and are then said to be not known', async ({
    db,
  }) => {
    const { context, connectionId } = await connectVendor(db, 'openrouter', openRouter);
    await readKeys(context, { connectionId });
    const before = await budgetsOf(db, connectionId);
    await injectFault(openRouter, { route: 'GET /api/v1/guardrails', times: 20, status: 403 });
    const admin = as(context, actorOf(await insertUser(db)));
    await readKeys(admin, { connectionId });
    const after = await budgetsOf(db, connectionId);
    const ofGuardrails = (rows: typeof before) =>
      rows.filter(({ kind }) => kind === 'guardrail').map(({ id }) => id);
    expect(ofGuardrails(after)).toEqual(ofGuardrails(before));
    const table = await getKeysTable(admin);
    const [row] = decodeKeysTable(table).filter((each) => each.connection.id === connectionId);
    if (!row) throw new Error('a key');
    expect(stackOf(table.binds, row).notKnown).toEqual(['guardrail', 'member']);
  });

  test('are read again by a job only after a quarter of an hour', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', requesty);
    const at = async (minutes: number) => {
      const later = { ...context, now: () => new Date(Date.now() + minutes * 60_000) };
      await readKeys(later, { connectionId });
      return (await budgetsOf(db, connectionId)).map(({ id }) => id);
    };
    const first = await at(0);
    expect(first.length).toBeGreaterThan(5);
    expect(await at(10)).toEqual(first);
    expect(await at(16)).not.toEqual(first);
  });

  test('are told to a lead for the own teams’ keys alone', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', requesty);
    await readKeys(context, { connectionId });
    const team = await insertTeam(db);
    const lead = as(context, testActor('lead', [team.id]));
    const none = await getKeysTable(lead);
    expect(none.binds).toEqual({
      bounds: [],
      stacks: [],
      ofConnection: {},
      ofContainer: {},
      ofKey: {},
      usedAlone: {},
    });
    await db.execute(sql`
      update keys set team_id = ${team.id} where id = (select min(id) from keys where connection_id = ${connectionId})`);
    const one = await getKeysTable(lead);
    expect(Object.keys(one.binds.ofKey)).toEqual(one.columns.id.map(String));
    expect(Object.keys(one.binds.ofConnection)).toEqual([String(connectionId)]);
  });
});
