import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { auditEvents, changes, connections, keys } from '@/lib/db/schema';
import { as, connectVendor, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { actorOf } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { previewBulk } from '../bulk/preview-bulk';
import { deleteKey } from '../keys/delete-key';
import { deleteLoadedKey } from '../keys/delete-loaded-key';
import { loadChangeableKey } from '../keys/load-key';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { readKeys } from '../reads/read-keys';

let requesty: TestEmulator;
let openrouter: TestEmulator;
beforeAll(async () => {
  requesty = await startVendor('requesty');
  openrouter = await startVendor('openrouter');
});
afterAll(async () => {
  await requesty.close();
  await openrouter.close();
});

describe('the management key among the keys', () => {
  it('is known from the connecting on, and again by a read when it was not', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', requesty);
    const own = async () =>
      (await db.select().from(connections).where(eq(connections.id, connectionId)))[0]?.ownKeyExternalId;
    const known = await own();
    expect(known).toEqual(expect.any(String));
    await db.update(connections).set({ ownKeyExternalId: null });
    await readKeys(context, { connectionId });
    expect(await own()).toBe(known);
  });

  it('is not deleted: not by one, not by many, not by a rotation', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'requesty', requesty);
    await readKeys(context, { connectionId });
    const [connection] = await db.select().from(connections).where(eq(connections.id, connectionId));
    const [key] = await db
      .select()
      .from(keys)
      .where(eq(keys.externalId, connection?.ownKeyExternalId ?? ''));
    if (!key) throw new Error('the management key is not among the keys');
    const admin = as(context, actorOf(await insertUser(db)));
    const refused = { code: 'conflict', message: expect.stringContaining('Keyward’s own key') };
    const one = deleteKey(admin, { keyId: key.id, typedName: key.name, reason: '' });
    await expect(one).rejects.toMatchObject(refused);
    const loaded = await loadChangeableKey(admin, 'keys.delete', key.id);
    await expect(deleteLoadedKey(admin, loaded, { reason: '' })).rejects.toMatchObject(refused);
    const preview = await previewBulk(admin, { keyIds: [key.id], action: { kind: 'delete' } });
    expect(preview.rows).toMatchObject([{ wish: null, words: expect.stringContaining('own key') }]);
    expect(await db.select().from(changes)).toEqual([]);
    expect(await db.select().from(auditEvents).where(eq(auditEvents.keyId, key.id))).toEqual([]);
  });

  it('is not disabled where a provider could', async ({ db }) => {
    const { context, connectionId } = await connectVendor(db, 'openrouter', openrouter);
    await readKeys(context, { connectionId });
    const [connection] = await db.select().from(connections).where(eq(connections.id, connectionId));
    expect(connection?.ownKeyExternalId).toBeNull();
    const [key] = await db.select().from(keys).where(eq(keys.isDisabled, false)).limit(1);
    await db.update(connections).set({ ownKeyExternalId: key?.externalId });
    const attempt = setKeyDisabled(context, { keyId: key?.id ?? 0, isDisabled: true, reason: '' });
    await expect(attempt).rejects.toMatchObject({ code: 'conflict' });
  });
});
