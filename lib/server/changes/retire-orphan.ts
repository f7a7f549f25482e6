import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { changes, containers, keys } from '@/lib/db/schema';
import { settlementWords } from '@/lib/domain/changes/change-words';
import { backoffMs, LOOKS_BEFORE_INCIDENT } from '@/lib/domain/changes/settle-timing';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import { capped, isSameLimit } from '@/lib/domain/limits/limit';
import { capabilitiesOf } from '@/lib/providers/registry';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { closeIncidentsOf, openIncident } from '../incidents/open-incident';
import { limitColumns, limitOf } from '../keys/load-key';
import { type LoadedChange, loadChange } from './change-row';
import { runChange } from './run-change';

const REASON = 'Its answer was lost at creation: nobody ever saw its secret.';

/** The mirror's row of a key whose secret nobody saw, whether or not a read found it first. */
export async function insertOrphan(
  tx: Transaction,
  context: ServerContext,
  connectionId: number,
  found: ProviderKey,
): Promise<number> {
  const at = context.now();
  const [container] = found.containerExternalId
    ? await tx
        .select({ id: containers.id })
        .from(containers)
        .where(
          and(
            eq(containers.connectionId, connectionId),
            eq(containers.externalId, found.containerExternalId),
          ),
        )
    : [];
  const values = {
    name: found.name,
    isDisabled: found.isDisabled,
    ...limitColumns(found.limit),
    includeByokInLimit: found.includeByokInLimit ?? null,
    writtenAt: at,
  };
  const [row] = await tx
    .insert(keys)
    .values({
      ...values,
      connectionId,
      externalId: found.externalId,
      containerId: container?.id ?? null,
      maskedLabel: found.maskedLabel ?? null,
      providerCreatedAt: found.createdAt ?? null,
      firstSeenAt: at,
      lastSeenAt: at,
    })
    .onConflictDoUpdate({ target: [keys.connectionId, keys.externalId], set: values })
    .returning({ id: keys.id });
  if (!row) throw new Error('the found key was not stored');
  return row.id;
}

export type Keyed = LoadedChange & { readonly key: NonNullable<LoadedChange['key']> };

/** Keyward does this itself, whoever waits: the steps are its own in the ledger and the audit log. */
export function asKeyward(context: ServerContext): ServerContext {
  return { ...context, actor: { kind: 'system', name: 'Keyward' } };
}

/** Disables the key of a create, or caps it at the lowest amount where it cannot be. */
export async function stopCreated(
  context: ServerContext,
  { row, connection, key }: Keyed,
  reason: string,
): Promise<void> {
  const { disable, lowestCap, limitPeriods } = capabilitiesOf(connection.provider, connection.generation);
  const base = { connection, key, reason, parentId: row.id };
  if (disable.can) {
    if (key.isDisabled) return;
    await runChange(context, {
      ...base,
      kind: 'disable_key',
      wish: { isDisabled: true },
      before: { isDisabled: false },
      send: (writes) => writes.updateKey(key.externalId, { isDisabled: true }),
      mirror: async (tx) => {
        await tx.update(keys).set({ isDisabled: true, writtenAt: context.now() }).where(eq(keys.id, key.id));
        return { keyId: key.id, after: { isDisabled: true } };
      },
    });
    return;
  }
  const from = limitOf(key);
  const to = capped(lowestCap, limitPeriods[0]);
  if (isSameLimit(from, to)) return;
  const { includeByokInLimit } = key;
  await runChange(context, {
    ...base,
    kind: 'set_limit',
    wish: { limit: to },
    before: { limit: from, includeByokInLimit },
    send: (writes) => writes.updateKey(key.externalId, { limit: { from, to } }),
    mirror: async (tx) => {
      await tx
        .update(keys)
        .set({ ...limitColumns(to), limitRemaining: null, writtenAt: context.now() })
        .where(eq(keys.id, key.id));
      return { keyId: key.id, after: { limit: to, includeByokInLimit } };
    },
  });
}

const stop = (context: ServerContext, keyed: Keyed) => stopCreated(context, keyed, REASON);

async function remove(context: ServerContext, { row, connection, key }: Keyed): Promise<void> {
  await runChange(context, {
    kind: 'delete_key',
    connection,
    key,
    wish: { name: key.name },
    before: { name: key.name, limit: limitOf(key), isDisabled: key.isDisabled },
    reason: REASON,
    parentId: row.id,
    send: (writes) => writes.deleteKey(key.externalId),
    mirror: async (tx) => {
      const at = context.now();
      await tx.update(keys).set({ deletedAt: at, writtenAt: at }).where(eq(keys.id, key.id));
      return { keyId: key.id, after: { deletedAt: at.toISOString() } };
    },
  });
}

/**
 * Removes the key of a lost create: disabled, or capped where it cannot be, then deleted, each as a change of its
 * own. Goes on where it was stopped; what could not be done is tried again later, and after some tries a person
 * is told.
 */
export async function retireOrphan(given: ServerContext, changeId: string): Promise<boolean> {
  const context = asKeyward(given);
  try {
    for (const step of [stop, remove]) {
      const change = await loadChange(context.db, changeId);
      const { key } = change;
      if (key === null) throw new Error('an orphan without its row');
      if (key.deletedAt || key.goneAt) break;
      await step(context, { ...change, key }).catch((error: unknown) => {
        // A refusal to disable does not keep the deletion from being tried.
        if (step === stop && error instanceof AppError && error.code === 'provider_refused') return;
        throw error;
      });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await postponeRemoval(context, changeId, error);
    return false;
  }
  await endRemoval(context, changeId);
  return true;
}

async function endRemoval(context: ServerContext, changeId: string): Promise<void> {
  const words = settlementWords.orphanRemoved;
  await withTransaction(context, async (tx) => {
    await tx.update(changes).set({ settlement: words, lookAt: null }).where(eq(changes.id, changeId));
    await closeIncidentsOf(tx, context, changeId, words);
  });
}

async function postponeRemoval(context: ServerContext, changeId: string, error: AppError): Promise<void> {
  const { row, key, connection } = await loadChange(context.db, changeId);
  const checks = row.checks + 1;
  await withTransaction(context, async (tx) => {
    const lookAt = new Date(context.now().getTime() + backoffMs(checks));
    await tx.update(changes).set({ checks, lookAt }).where(eq(changes.id, changeId));
    if (checks < LOOKS_BEFORE_INCIDENT) return;
    await openIncident(tx, context, {
      kind: 'orphan_stays',
      title: `“${key?.name}” at ${connection.name} could not be removed, though nobody ever saw its secret.`,
      facts: { why: error.message, tries: checks },
      connectionId: row.connectionId,
      keyId: row.keyId,
      changeId,
    });
  });
}
