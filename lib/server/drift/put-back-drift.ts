import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { driftItems } from '@/lib/db/schema';
import { isSamePart, partOf, type ValueKind } from '@/lib/domain/drift/drift';
import type { PutBackDriftInput } from '@/lib/domain/drift/drift-input';
import { toReadError } from '../changes/change-failure';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, notFound } from '../errors';
import { deleteKey } from '../keys/delete-key';
import { type LoadedKey, limitSettingOf, loadChangeableKey } from '../keys/load-key';
import { renameKey } from '../keys/rename-key';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { updateKeyLimit } from '../keys/update-key-limit';
import { listHeldRaises } from '../raises/list-held-raises';
import { auditDrift, requireShown } from './decide-drift';
import { type DriftRow, findDrift } from './drift-row';
import { putBackOf } from './list-drift';

/**
 * Sets a value back to what it was, or stops a key that was made outside, through the ordinary verbs and so the
 * ledger. Only over exactly what the person was shown, looked at once more at the provider: `stale` otherwise, and
 * the item then shows what is there now.
 */
export async function putBackDrift(
  context: ServerContext,
  input: PutBackDriftInput,
): Promise<{ readonly changeId: string | null }> {
  requirePermission(context, 'keys.update');
  requireUser(context);
  const row = await findDrift(context.db, input.itemId);
  if (!row) throw notFound('difference');
  requireShown(row, input.digest);
  const loaded = await loadChangeableKey(context, 'keys.update', row.keyId);
  const reason = input.reason === '' ? 'Put back what was changed outside Keyward' : input.reason;
  if (row.kind === 'created') return stopStranger(context, row, loaded, { ...input, reason });
  if (row.kind === 'gone') throw new AppError('unsupported', 'A deleted key cannot be brought back.');
  const held = (await listHeldRaises(context.db, [row.keyId])).get(row.keyId)?.held ?? null;
  const putBack = putBackOf(row, loaded.capabilities, held);
  if (!putBack.can) throw new AppError('unsupported', putBack.reason);
  await requireStillThere(context, row, row.kind, loaded);
  await recordDecision(context, row, { ...putBack.to }, reason);
  return setBack(context, row, loaded, putBack.to, reason);
}

/** What the provider holds this moment is what was shown; otherwise the item is brought to it, and asks anew. */
async function requireStillThere(
  context: ServerContext,
  row: DriftRow,
  kind: ValueKind,
  { key, connection }: LoadedKey,
): Promise<void> {
  const provider = await context.providers.open(connection);
  const told = await provider.reads.getKey(key.externalId).catch((error: unknown) => {
    throw toReadError(error, connection.name);
  });
  const { name, limit, isDisabled } = told;
  const found = partOf(kind, { name, limit, isDisabled });
  if (isSamePart(kind, found, row.found ?? {})) return;
  await context.db
    .update(driftItems)
    .set({ found, foundAt: context.now(), ignoredUntil: null })
    .where(and(eq(driftItems.id, row.id), isNull(driftItems.decidedAt)));
  throw new AppError(
    'stale',
    'It was changed once more at the provider. Look at it again; nothing was changed.',
  );
}

/** The decision is on record before anything is sent; the item closes with the change that carries it out. */
async function recordDecision(
  context: ServerContext,
  row: DriftRow,
  wish: Readonly<Record<string, unknown>>,
  reason: string,
): Promise<void> {
  await withTransaction(context, (tx) =>
    auditDrift(
      tx,
      context,
      { ...row, lastSeen: row.found, found: null },
      {
        action: 'drift.put_back',
        after: wish,
        reason,
      },
    ),
  );
}

async function setBack(
  context: ServerContext,
  row: DriftRow,
  { key }: LoadedKey,
  to: {
    readonly name?: string;
    readonly limit?: NonNullable<DriftRow['found']>['limit'];
    readonly isDisabled?: boolean;
  },
  reason: string,
): Promise<{ readonly changeId: string | null }> {
  const keyId = key.id;
  const options = { parentId: row.id };
  if (to.name !== undefined) {
    return renameKey(context, { keyId, seenName: key.name, name: to.name, reason }, options);
  }
  if (to.isDisabled !== undefined) {
    return setKeyDisabled(context, { keyId, isDisabled: to.isDisabled, reason }, options);
  }
  const limit = row.found?.limit;
  if (!limit || !to.limit) throw new Error('a limit that differs is known');
  const { includeByokInLimit } = limitSettingOf(key);
  return updateKeyLimit(
    context,
    { keyId, seen: { limit, includeByokInLimit }, limit: to.limit, reason },
    options,
  );
}

async function stopStranger(
  context: ServerContext,
  row: DriftRow,
  { key }: LoadedKey,
  input: PutBackDriftInput,
): Promise<{ readonly changeId: string | null }> {
  const { way, reason, typedName } = input;
  if (!way) throw new AppError('unsupported', 'It was not there before: adopt it, disable it or delete it.');
  const options = { parentId: row.id };
  const stopped =
    way === 'disable'
      ? await setKeyDisabled(context, { keyId: key.id, isDisabled: true, reason }, options)
      : await deleteKey(context, { keyId: key.id, typedName, reason }, options);
  await withTransaction(context, async (tx) => {
    const at = context.now();
    const decidedBy = context.actor.kind === 'user' ? context.actor.id : null;
    await tx
      .update(driftItems)
      .set({ decision: 'put_back', decidedAt: at, decidedBy })
      .where(and(eq(driftItems.id, row.id), isNull(driftItems.decidedAt)));
    await auditDrift(tx, context, row, {
      action: 'drift.put_back',
      after: { way: way === 'disable' ? 'disabled' : 'deleted' },
      reason,
    });
  });
  return { changeId: 'changeId' in stopped ? stopped.changeId : null };
}
