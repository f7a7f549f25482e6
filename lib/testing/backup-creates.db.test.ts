import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDatabase } from '@/lib/db/client';
import { migrateDatabase } from '@/lib/db/migrate';
import { changes, incidents, keys } from '@/lib/db/schema';
import { decideLostCreate } from '@/lib/server/changes/decide-lost-create';
import { settleOpenChanges } from '@/lib/server/changes/settle-open-changes';
import { createProviderGateway } from '@/lib/server/connections/provider-gateway';
import type { ServerContext } from '@/lib/server/context';
import { confirmSecret } from '@/lib/server/keys/confirm-secret';
import { createKey } from '@/lib/server/keys/create-key';
import { createDrill, type DrillDatabase, makeFolder } from './backup-drill';
import { backUp, restore } from './backup-world';
import { as, startVendor, type TestEmulator } from './connected';
import { actorOf } from './context';
import { insertUser } from './factories';
import { connectForSettling, keyWish, NO_WAIT, trueKeys } from './settling';

let openrouter: TestEmulator;
let folder: ReturnType<typeof makeFolder>;
let drill: DrillDatabase;
beforeAll(async () => {
  openrouter = await startVendor('openrouter');
});
afterAll(() => openrouter.close());
beforeEach(async () => {
  folder = makeFolder();
  drill = await createDrill(inject('testDatabase'), join(folder.path, 'data'));
});
afterEach(async () => {
  await drill.destroy();
  folder.remove();
});

/** The same installation on the restored database, so much later. */
function on(context: ServerContext, pool: Pool, ms: number): ServerContext {
  const db = createDatabase(pool);
  const now = () => new Date(Date.now() + ms);
  const { masterKey } = context.providers;
  const providers = createProviderGateway({
    db,
    masterKey,
    isPrivateAllowed: true,
    callsPerMinute: null,
    now,
    timeoutMs: 2_000,
  });
  return { ...context, db, now, providers };
}

async function makeKeys(pool: Pool) {
  await migrateDatabase(pool);
  const db = createDatabase(pool);
  const { context: system, connectionId } = await connectForSettling(db, 'openrouter', openrouter, {
    timing: NO_WAIT,
  });
  const admin = as(system, actorOf(await insertUser(db)));
  const make = (name: string) => createKey(admin, keyWish(connectionId, name));
  return { db, system, admin, make };
}

describe('a restore of a backup from just when keys were being made', () => {
  test('stops none of them, and asks a person about each', { timeout: 180_000 }, async () => {
    const pool = await drill.open();
    const { db, system, admin, make } = await makeKeys(pool);
    const shown = await make('drill-shown');
    const onItsWay = await make('drill-on-its-way');
    const seen = await make('drill-seen');
    await confirmSecret(admin, { changeId: seen.changeId });
    // As the backup finds a create whose answer is still to come.
    await db
      .update(changes)
      .set({ state: 'sent', keyId: null, after: null, answeredAt: null, settledAt: null })
      .where(eq(changes.id, onItsWay.changeId));
    await db.delete(keys).where(eq(keys.id, onItsWay.keyId));
    const file = join(folder.path, 'keyward.backup');
    await backUp(pool, file);
    // What the backup does not know: both secrets were shown, and are in use.
    await confirmSecret(admin, { changeId: shown.changeId });

    const restored = await drill.open();
    const { putToRest } = await restore(restored, file, true);
    expect(putToRest.creates).toBe(2);
    for (const minutes of [10, 20, 60]) await settleOpenChanges(on(system, restored, minutes * 60_000));
    for (const name of ['drill-shown', 'drill-on-its-way', 'drill-seen']) {
      expect(await trueKeys(openrouter, name), name).toMatchObject([{ disabled: false, deletedAt: null }]);
    }
    const now = on(as(system, admin.actor), restored, 3_600_000);
    const open = () => now.db.select().from(incidents).orderBy(asc(incidents.kind));
    expect(await open()).toMatchObject([
      { kind: 'create_ambiguous', changeId: onItsWay.changeId },
      { kind: 'restored_create', changeId: shown.changeId },
    ]);

    await decideLostCreate(now, { changeId: onItsWay.changeId, externalId: null });
    await settleOpenChanges(on(system, restored, 2 * 3_600_000));
    expect(await trueKeys(openrouter, 'drill-on-its-way')).toMatchObject([
      { disabled: false, deletedAt: null },
    ]);
    // A key that is made after the restore is watched as ever.
    const unseen = await createKey(now, keyWish((await firstConnection(now)).id, 'drill-unseen'));
    await settleOpenChanges(on(system, restored, 3 * 3_600_000));
    expect(await trueKeys(openrouter, 'drill-unseen')).toMatchObject([{ disabled: true }]);
    expect((await open()).find(({ changeId }) => changeId === unseen.changeId)?.kind).toBe('secret_not_seen');
  });
});

async function firstConnection({ db }: ServerContext): Promise<{ id: number }> {
  const row = await db.query.connections.findFirst();
  if (!row) throw new Error('no connection was restored');
  return row;
}
