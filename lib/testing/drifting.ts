import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { driftItems, keys } from '@/lib/db/schema';
import type { ServerContext } from '@/lib/server/context';
import { createKey } from '@/lib/server/keys/create-key';
import { readKeys } from '@/lib/server/reads/read-keys';
import { changeOutside, connectVendor, type TestEmulator, type TestVendor } from './connected';
import { actorOf } from './context';
import { insertUser } from './factories';
import { keyWish } from './settling';

/** A connection that was read whole once, with a key of Keyward's own and an admin to decide. */
export async function driftWorld(db: Database, vendor: TestVendor, emulator: TestEmulator, name: string) {
  const { context: system, connectionId } = await connectVendor(db, vendor, emulator);
  const context: ServerContext = { ...system, actor: actorOf(await insertUser(db, { name: 'Ada' })) };
  const read = (by: ServerContext = system) => readKeys(by, { connectionId });
  await read();
  const { keyId } = await createKey(context, keyWish(connectionId, name));
  const keyRow = async (id: number = keyId) => {
    const [row] = await db.select().from(keys).where(eq(keys.id, id));
    if (!row) throw new Error('the key left the mirror');
    return row;
  };
  const { externalId } = await keyRow();
  const open = () => db.select().from(driftItems).where(isNull(driftItems.decidedAt));
  const openOf = (kind: (typeof driftItems.$inferSelect)['kind']) =>
    db
      .select()
      .from(driftItems)
      .where(and(eq(driftItems.kind, kind), isNull(driftItems.decidedAt)));
  const change = (values: Record<string, unknown>) =>
    changeOutside(emulator, { op: 'update', key: externalId, ...values });
  const limitOutside = (amount: number) =>
    change(vendor === 'openrouter' ? { limit: amount } : { monthly_limit: String(amount) });
  return {
    system,
    context,
    connectionId,
    keyId,
    externalId,
    read,
    keyRow,
    open,
    openOf,
    change,
    limitOutside,
  };
}
