import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { connectionSecrets, connections, keys, reads } from '@/lib/db/schema';
import { as, connectVendor, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertKey } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { getConnection } from './get-connection';
import { removeConnection } from './remove-connection';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

const NAME = 'Test openrouter';

describe('removing a connection', () => {
  test('deletes its secret, keeps its keys and audit, and calls nobody', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'openrouter', emulator);
    const key = await insertKey(db, { connectionId, name: 'stays' });
    const audited = await countAudit(db);
    const callsBefore = await callCount();
    await removeConnection(context, { connectionId, typedName: ` ${NAME} ` });
    expect(await callCount()).toBe(callsBefore);
    expect(await db.select().from(connectionSecrets)).toEqual([]);
    const [row] = await db.select().from(connections).where(eq(connections.id, connectionId));
    expect(row).toMatchObject({ state: 'removed', name: NAME, removedAt: expect.any(Date) });
    expect(await db.select().from(keys).where(eq(keys.id, key.id))).toEqual([key]);
    expect(await countAudit(db)).toBe(audited + 1);
    expect(await lastAudit(db)).toMatchObject({
      action: 'connection.remove',
      subjectName: NAME,
      before: { provider: 'openrouter', baseUrl: emulator.url, keyTail: emulator.managementKey.slice(-4) },
      after: null,
      outcome: 'done',
    });
    if (!row) throw new Error('the row of a removed connection stays');
    await expect(context.providers.open(row)).rejects.toMatchObject({ code: 'conflict' });
    await expect(getConnection(db, connectionId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeConnection(context, { connectionId, typedName: NAME })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('asks running reads to stop', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'openrouter', emulator);
    const at = new Date('2026-11-20T10:00:00Z');
    await db
      .insert(reads)
      .values({ connectionId, kind: 'keys', state: 'running', startedAt: at, aliveAt: at });
    await removeConnection(context, { connectionId, typedName: NAME });
    expect(await db.select({ asked: reads.isCancelAsked }).from(reads)).toEqual([{ asked: true }]);
  });

  test.for(['', 'test openrouter', 'Test'])(
    'is not done for the typed name %j',
    async (typedName, { db }) => {
      const { context, connectionId } = await connectVendor(db, 'openrouter', emulator);
      await expect(removeConnection(context, { connectionId, typedName })).rejects.toMatchObject({
        code: 'invalid',
        fieldErrors: { typedName: [`Type “${NAME}” to confirm.`] },
      });
      expect(await getConnection(db, connectionId)).toMatchObject({ state: 'active' });
      expect(await db.select().from(connectionSecrets)).toHaveLength(1);
    },
  );

  test.for(['finance', 'lead'] as const)('is denied to %s', async (role, { db }) => {
    const { context, connectionId } = await connectVendor(db, 'openrouter', emulator);
    await expect(
      removeConnection(as(context, testActor(role)), { connectionId, typedName: NAME }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await db.select().from(connectionSecrets)).toHaveLength(1);
  });
});

async function callCount(): Promise<number> {
  const response = await fetch(`${emulator.controlUrl}/calls`);
  const { calls } = (await response.json()) as { calls: unknown[] };
  return calls.length;
}
