import 'server-only';
import { eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queryable, Transaction } from '@/lib/db/client';
import { connections, keys, rotations, users } from '@/lib/db/schema';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { capabilitiesOf } from '@/lib/providers/registry';
import type { ConnectionRow } from '../connections/provider-gateway';
import { notFound } from '../errors';
import type { KeyDbRow } from '../keys/load-key';

export type RotationRow = typeof rotations.$inferSelect;

/** A rotation with both its keys and their connection. */
export type LoadedRotation = {
  readonly row: RotationRow;
  readonly old: KeyDbRow;
  readonly new: KeyDbRow | null;
  readonly connection: ConnectionRow;
  readonly capabilities: Capabilities;
  readonly startedByName: string | null;
};

const oldKeys = alias(keys, 'old_key');
const newKeys = alias(keys, 'new_key');

export async function loadRotation(db: Queryable, rotationId: string): Promise<LoadedRotation> {
  const [found] = await db
    .select({
      row: rotations,
      old: oldKeys,
      new: newKeys,
      connection: connections,
      startedByName: users.name,
    })
    .from(rotations)
    .innerJoin(oldKeys, eq(oldKeys.id, rotations.oldKeyId))
    .innerJoin(connections, eq(connections.id, oldKeys.connectionId))
    .leftJoin(newKeys, eq(newKeys.id, rotations.newKeyId))
    .leftJoin(users, eq(users.id, rotations.startedBy))
    .where(eq(rotations.id, rotationId));
  if (!found) throw notFound('rotation');
  const { provider, generation } = found.connection;
  return { ...found, capabilities: capabilitiesOf(provider, generation) };
}

/** The row, held until the transaction ends: its steps go one after the other. */
export async function lockRotation(tx: Transaction, rotationId: string): Promise<RotationRow> {
  const [row] = await tx.select().from(rotations).where(eq(rotations.id, rotationId)).for('update');
  if (!row) throw notFound('rotation');
  return row;
}
