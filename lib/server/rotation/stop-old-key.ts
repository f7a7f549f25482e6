import 'server-only';
import { compareUsd } from '@/lib/domain/money/usd';
import { requirePermission, type ServerContext } from '../context';
import { AppError } from '../errors';
import { deleteForGood } from '../keys/delete-for-good';
import { findDeleteGrace } from '../keys/delete-grace';
import { deleteLoadedKey } from '../keys/delete-loaded-key';
import { limitOf, limitSettingOf, loadChangeableKey } from '../keys/load-key';
import { undoDeleteKey } from '../keys/undo-delete-key';
import { updateKeyLimit } from '../keys/update-key-limit';
import type { LoadedRotation } from './load-rotation';
import { type LedgerRow, limitIn, lowestCapOf, splitByPurpose, wasApplied } from './rotation-ledger';

/**
 * Stops the old key in a way that can be taken back: disabled and deleted after the grace period, or capped at the
 * lowest amount where its provider cannot disable. Throws what `runChange` throws.
 */
export async function stopOldKey(context: ServerContext, loaded: LoadedRotation): Promise<void> {
  requirePermission(context, 'keys.delete');
  const { row, old, new: made, capabilities } = loaded;
  const reason = `${made?.name ?? 'Another key'} took over from it.`;
  const key = await loadChangeableKey(context, 'keys.delete', old.id);
  if (capabilities.disable.can) {
    if (key.key.deleteAfter === null) await deleteLoadedKey(context, key, { reason, parentId: row.id });
    return;
  }
  const limit = lowestCapOf(capabilities);
  const now = limitOf(key.key);
  if (now.kind === 'capped' && limit.kind === 'capped' && compareUsd(now.amount, limit.amount) === 0) return;
  await updateKeyLimit(
    context,
    { keyId: old.id, seen: limitSettingOf(key.key), limit, reason },
    { parentId: row.id },
  );
}

/** When a stopped old key goes for good. */
export async function deleteAtOf(
  context: ServerContext,
  { old, capabilities }: LoadedRotation,
): Promise<Date> {
  if (capabilities.disable.can && old.deleteAfter !== null) return old.deleteAfter;
  const { days } = await findDeleteGrace(context.db);
  return new Date(context.now().getTime() + days * 86_400_000);
}

export async function deleteOldKey(context: ServerContext, loaded: LoadedRotation): Promise<void> {
  requirePermission(context, 'keys.delete');
  const { row, old, new: made } = loaded;
  const key = await loadChangeableKey(context, 'keys.delete', old.id);
  await deleteForGood(context, key, {
    reason: `${made?.name ?? 'Another key'} took over from it, and nobody used it any more.`,
    parentId: row.id,
  });
}

/** Takes the stop of the old key back; a limit that someone else set meanwhile is left as it is. */
export async function restoreOldKey(
  context: ServerContext,
  { row, old, capabilities }: LoadedRotation,
  ledger: readonly LedgerRow[],
): Promise<void> {
  requirePermission(context, 'keys.delete');
  const reason = 'The rotation was taken back.';
  if (capabilities.disable.can) {
    await undoDeleteKey(context, { keyId: old.id, reason }, { parentId: row.id });
    return;
  }
  const cap = splitByPurpose(ledger, old.id, capabilities).stop.filter(wasApplied).at(-1);
  const limit = limitIn(cap?.before);
  if (limit === null)
    throw new AppError('conflict', `No record tells the former limit of ${old.name}. Set it again.`);
  const { key } = await loadChangeableKey(context, 'keys.update', old.id);
  await updateKeyLimit(
    context,
    { keyId: old.id, seen: limitSettingOf(key), limit, reason },
    { parentId: row.id },
  );
}

/** The key that took over is not wanted any more: it is deleted, with the grace period where there is one. */
export async function stopNewKey(context: ServerContext, { row, new: made }: LoadedRotation): Promise<void> {
  requirePermission(context, 'keys.delete');
  if (made === null) return;
  const key = await loadChangeableKey(context, 'keys.delete', made.id);
  await deleteLoadedKey(context, key, { reason: 'The rotation was taken back.', parentId: row.id });
}
