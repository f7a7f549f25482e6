import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { connectionSecrets, connections } from '@/lib/db/schema';
import type { CreateConnectionInput } from '@/lib/domain/connections/connection-input';
import { startVendor, type TestEmulator, type TestVendor } from '@/lib/testing/connected';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { openSecret } from '@/lib/utils/secret-box';
import { createConnection } from './create-connection';
import { secretBinding } from './provider-gateway';

const vendors = [
  ['openrouter', 'openrouter', 'current'],
  ['requesty', 'requesty', 'current'],
  ['requesty-classic', 'requesty', 'classic'],
] as const;
const emulators = new Map<TestVendor, TestEmulator>();

beforeAll(async () => {
  for (const [vendor] of vendors) emulators.set(vendor, await startVendor(vendor));
});
afterAll(async () => {
  for (const emulator of emulators.values()) await emulator.close();
});

function inputFor(vendor: TestVendor, values: Partial<CreateConnectionInput> = {}): CreateConnectionInput {
  const emulator = emulators.get(vendor);
  if (!emulator) throw new Error(`no emulator of ${vendor}`);
  return {
    provider: vendor === 'openrouter' ? 'openrouter' : 'requesty',
    name: `Research at ${vendor}`,
    baseUrl: emulator.url,
    managementKey: emulator.managementKey,
    ...values,
  };
}

/** Every row of every table, as text. */
async function dump(db: Database): Promise<string> {
  const { rows: tables } = await db.execute<{ name: string }>(
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await db.execute<{ text: string }>(
      sql.raw(`select row_to_json(t)::text as text from ${name} t`),
    );
    texts.push(...rows.map((row) => row.text));
  }
  return texts.join('\n');
}

describe.each(vendors)('connecting %s', (vendor, provider, generation) => {
  test('stores what was found, and an audit row without the key', async ({ db }) => {
    const admin = await insertUser(db, { name: 'Mara Osei' });
    const context = createTestContext(db, { actor: actorOf(admin), now: new Date('2026-11-20T10:00:00Z') });
    const input = inputFor(vendor);
    const { connectionId } = await createConnection(context, input);
    const keyTail = input.managementKey.slice(-4);
    const [row] = await db.select().from(connections).where(eq(connections.id, connectionId));
    expect(row).toMatchObject({
      provider,
      generation,
      name: input.name,
      baseUrl: input.baseUrl,
      state: 'active',
      keyTail,
      keySetAt: new Date('2026-11-20T10:00:00Z'),
      createdBy: admin.id,
    });
    expect(row?.balance).not.toBeNull();
    expect(await lastAudit(db)).toEqual({
      actorId: admin.id,
      actorName: 'Mara Osei',
      actorRole: 'admin',
      action: 'connection.create',
      subjectKind: 'connection',
      subjectId: String(connectionId),
      subjectName: input.name,
      before: null,
      after: { provider, baseUrl: input.baseUrl, keyTail },
      outcome: 'done',
    });
  });

  test('leaves the key nowhere in the database but sealed, bound to this connection', async ({ db }) => {
    const context = createTestContext(db);
    const input = inputFor(vendor);
    const { connectionId } = await createConnection(context, input);
    const text = await dump(db);
    expect(text).toContain(input.name);
    const bytes = Buffer.from(input.managementKey);
    for (const form of [
      input.managementKey,
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex'),
    ]) {
      expect(text).not.toContain(form.replace(/=+$/, ''));
    }
    const [secret] = await db.select().from(connectionSecrets);
    const { masterKey } = context.providers;
    expect(openSecret(masterKey, secret?.sealed, secretBinding(connectionId))).toBe(input.managementKey);
    expect(() => openSecret(masterKey, secret?.sealed, secretBinding(connectionId + 1))).toThrow();
  });
});

describe('connecting', () => {
  test.for(['finance', 'lead'] as const)(
    'is denied to %s before the provider is asked',
    async (role, { db }) => {
      const context = createTestContext(db, { actor: testActor(role, [1]) });
      const unreachable = inputFor('openrouter', { baseUrl: 'http://127.0.0.1:1' });
      await expect(createConnection(context, unreachable)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await db.select().from(connections)).toEqual([]);
      expect(await countAudit(db)).toBe(0);
    },
  );

  test('stores nothing when the provider refuses the key', async ({ db }) => {
    const context = createTestContext(db);
    const managementKey = `sk-or-v1-${'0'.repeat(64)}`;
    await expect(createConnection(context, inputFor('openrouter', { managementKey }))).rejects.toMatchObject({
      code: 'provider_refused',
      fieldErrors: { managementKey: [expect.stringContaining('does not accept this key')] },
    });
    expect(await db.select().from(connections)).toEqual([]);
    expect(await db.select().from(connectionSecrets)).toEqual([]);
    expect(await countAudit(db)).toBe(0);
  });

  test('takes several connections of one provider side by side, each with its own key', async ({ db }) => {
    const context = createTestContext(db);
    const second = await startVendor('openrouter', 3);
    try {
      const { managementKey } = second;
      const one = await createConnection(context, inputFor('openrouter', { name: 'One' }));
      const two = await createConnection(
        context,
        inputFor('openrouter', { name: 'Two', baseUrl: second.url, managementKey }),
      );
      const rows = await db.select().from(connections).orderBy(connections.id);
      expect(rows.map(({ id, name }) => [id, name])).toEqual([
        [one.connectionId, 'One'],
        [two.connectionId, 'Two'],
      ]);
      const counts = [];
      for (const row of rows) {
        const provider = await context.providers.open(row);
        counts.push((await provider.reads.listKeys()).keys.length);
      }
      expect(counts[0]).toBeGreaterThan(counts[1] ?? 0);
    } finally {
      await second.close();
    }
  });

  test('refuses a name that another connection has, whatever its case, but not a removed one', async ({
    db,
  }) => {
    const context = createTestContext(db);
    const { connectionId } = await createConnection(context, inputFor('openrouter', { name: 'Research' }));
    const again = inputFor('openrouter', { name: 'research' });
    await expect(createConnection(context, again)).rejects.toMatchObject({
      code: 'invalid',
      fieldErrors: { name: ['Another connection has this name.'] },
    });
    await db.update(connections).set({ state: 'removed' }).where(eq(connections.id, connectionId));
    expect(await createConnection(context, again)).toEqual({ connectionId: expect.any(Number) });
  });
});
