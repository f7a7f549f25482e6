import 'server-only';
import { eq, inArray } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { connections, driftItems, keys } from '@/lib/db/schema';
import type { DriftCircumstances } from '@/lib/domain/drift/drift-run';
import type { PutBack } from '@/lib/domain/drift/drift-view';
import { capabilitiesOf } from '@/lib/providers/registry';
import type { ConnectionRow } from '../connections/provider-gateway';
import type { KeyDbRow } from '../keys/load-key';
import { listHeldRaises } from '../raises/list-held-raises';
import { keysUnderRotation } from '../rotation/keys-under-rotation';
import { type DriftRow, toDriftRow } from './drift-row';
import { putBackOf } from './list-drift';

/** A difference with its key, and what holds of the key this moment. */
export type LoadedDrift = DriftCircumstances & {
  readonly row: DriftRow;
  readonly key: KeyDbRow;
  readonly connection: ConnectionRow;
  readonly putBack: PutBack;
};

/** The differences of these ids that there are, by id. */
export async function loadDrift(
  db: Queryable,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, LoadedDrift>> {
  const rows = await db
    .select({ item: driftItems, key: keys, connection: connections })
    .from(driftItems)
    .innerJoin(keys, eq(keys.id, driftItems.keyId))
    .innerJoin(connections, eq(connections.id, driftItems.connectionId))
    .where(inArray(driftItems.id, [...itemIds]));
  const keyIds = rows.map(({ key }) => key.id);
  const held = await listHeldRaises(db, keyIds);
  const rotating = await keysUnderRotation(db, keyIds);
  const loaded = rows.map(({ item, key, connection }): LoadedDrift => {
    const row = toDriftRow(item);
    const raise = held.get(key.id) ?? null;
    const capabilities = capabilitiesOf(connection.provider, connection.generation);
    const putBack = putBackOf(row, capabilities, raise?.held ?? null);
    return {
      row,
      key,
      connection,
      putBack,
      to: putBack.can ? putBack.to : null,
      raise: raise && { ...raise, endsAt: raise.endsAt.toISOString() },
      isUnderRotation: rotating.has(key.id),
    };
  });
  return new Map(loaded.map((item) => [item.row.id, item]));
}
