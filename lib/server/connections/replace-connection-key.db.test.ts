import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { connectionSecrets, connections } from '@/lib/db/schema';
import { as, connectVendor, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { openSecret } from '@/lib/utils/secret-box';
import type { ServerContext } from '../context';
import { getConnection } from './get-connection';
import { secretBinding } from './provider-gateway';
import { removeConnection } from './remove-connection';
import { replaceConnectionKey } from './replace-connection-key';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('requesty');
});
afterAll(() => emulator.close());

const BAD_KEY = 'rqsty-sk-not-a-key-of-this-account';

/** A second key of the same account that may manage keys. */
async function makeManagementKey(context: ServerContext, connectionId: number): Promise<string> {
  const provider = await context.providers.open(await getConnection(context.db, connectionId));
  const { secret } = await provider.writes.createKey({
    name: 'second management key',
    limit: { kind: 'unlimited' },
    permissions: { manage: 'write', completions: 'none' },
  });
  return secret;
}

async function storedKey(db: Database, context: ServerContext, connectionId: number): Promise<string> {
  const [row] = await db
    .select()
    .from(connectionSecrets)
    .where(eq(connectionSecrets.connectionId, connectionId));
  return openSecret(context.providers.masterKey, row?.sealed, secretBinding(connectionId));
}

describe('replacing a key', () => {
  test('stores the new key, tells its tail and date, and is used from then on', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', emulator);
    const managementKey = await makeManagementKey(context, connectionId);
    const later = new Date('2027-01-05T08:00:00Z');
    await replaceConnectionKey({ ...context, now: () => later }, { connectionId, managementKey });
    expect(await storedKey(db, context, connectionId)).toBe(managementKey);
    const row = await getConnection(db, connectionId);
    expect(row).toMatchObject({ keyTail: managementKey.slice(-4), keySetAt: later, state: 'active' });
    const provider = await context.providers.open(row);
    expect((await provider.reads.listKeys()).keys.length).toBeGreaterThan(0);
    expect(await lastAudit(db)).toMatchObject({
      action: 'connection.replace_key',
      subjectId: String(connectionId),
      before: { keyTail: emulator.managementKey.slice(-4) },
      after: { keyTail: managementKey.slice(-4) },
      outcome: 'done',
    });
  });

  test('keeps the old key, and no trace, when the provider refuses the new one', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', emulator);
    const before = await getConnection(db, connectionId);
    const audited = await countAudit(db);
    await expect(
      replaceConnectionKey(context, { connectionId, managementKey: BAD_KEY }),
    ).rejects.toMatchObject({
      code: 'provider_refused',
      fieldErrors: { managementKey: [expect.any(String)] },
    });
    expect(await storedKey(db, context, connectionId)).toBe(emulator.managementKey);
    expect(await getConnection(db, connectionId)).toEqual(before);
    expect(await countAudit(db)).toBe(audited);
  });

  test('keeps the old key when the provider cannot be reached', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', emulator);
    await db
      .update(connections)
      .set({ baseUrl: 'http://127.0.0.1:1' })
      .where(eq(connections.id, connectionId));
    await expect(
      replaceConnectionKey(context, { connectionId, managementKey: BAD_KEY }),
    ).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(await storedKey(db, context, connectionId)).toBe(emulator.managementKey);
  });

  test.for(['finance', 'lead'] as const)('is denied to %s', async (role, { db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', emulator);
    const wish = { connectionId, managementKey: emulator.managementKey };
    await expect(replaceConnectionKey(as(context, testActor(role)), wish)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('brings no key back to a connection that was removed', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', emulator);
    const wish = { connectionId, managementKey: emulator.managementKey };
    // Removed while the new key is being tested: between the first look and the transaction.
    const racing: ServerContext = {
      ...context,
      providers: {
        ...context.providers,
        try: (candidate) => {
          const provider = context.providers.try(candidate);
          const inspect: typeof provider.reads.inspect = async (options) => {
            const report = await provider.reads.inspect(options);
            await removeConnection(context, { connectionId, typedName: 'Test requesty' });
            return report;
          };
          return { ...provider, reads: { ...provider.reads, inspect } };
        },
      },
    };
    await expect(replaceConnectionKey(racing, wish)).rejects.toMatchObject({ code: 'not_found' });
    expect(await db.select().from(connectionSecrets)).toEqual([]);
    await expect(replaceConnectionKey(context, wish)).rejects.toMatchObject({ code: 'not_found' });
  });
});
