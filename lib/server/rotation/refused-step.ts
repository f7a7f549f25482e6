import 'server-only';
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable, Transaction } from '@/lib/db/client';
import { incidents } from '@/lib/db/schema';
import type { RotationStep } from '@/lib/domain/rotation/next-step';
import { type ServerContext, withTransaction } from '../context';
import type { AppError } from '../errors';
import { askOnce, closeIncidentsOfKey } from '../incidents/open-incident';
import type { LoadedRotation } from './load-rotation';
import { type LedgerRow, listRotationChanges, splitByPurpose } from './rotation-ledger';

const KIND = 'rotation_refused';
/** So often a step is refused before a person is asked; tries are minutes apart. */
const REFUSALS_BEFORE_INCIDENT = 3;

/** The steps that write at the provider. */
export type WriteStep = Extract<
  RotationStep,
  { kind: 'copy' | 'stop_old' | 'delete_old' | 'restore_old' | 'stop_new' }
>;

export function isWriteStep(step: RotationStep): step is WriteStep {
  return ['copy', 'stop_old', 'delete_old', 'restore_old', 'stop_new'].includes(step.kind);
}

const failureSchema = z.object({ kind: z.string() });

/** A refusal that does not pass by itself, as an outage or a request for patience does. */
function isRefusal({ state, failure }: LedgerRow): boolean {
  if (state !== 'refused') return false;
  const kind = failureSchema.safeParse(failure).data?.kind;
  return kind !== 'rate_limited' && kind !== 'unavailable';
}

/** The key that a step writes on. */
function keyOf(step: WriteStep, { old, new: made }: LoadedRotation) {
  return step.kind === 'copy' || step.kind === 'stop_new' ? (made ?? old) : old;
}

function triesOf(step: WriteStep, loaded: LoadedRotation, ledger: readonly LedgerRow[]) {
  const purposes = splitByPurpose(ledger, keyOf(step, loaded).id, loaded.capabilities);
  switch (step.kind) {
    case 'copy':
      return purposes[step.what];
    case 'stop_old':
      return purposes.stop;
    case 'delete_old':
      return purposes.remove;
    case 'restore_old':
      return purposes.restore;
    case 'stop_new':
      return [...purposes.stop, ...purposes.remove];
  }
}

/** When a person, or success, last closed the question about this key. */
async function lastAnswered(db: Queryable, keyId: number): Promise<Date> {
  const [row] = await db
    .select({ at: incidents.resolvedAt })
    .from(incidents)
    .where(and(eq(incidents.kind, KIND), eq(incidents.keyId, keyId), isNotNull(incidents.resolvedAt)))
    .orderBy(desc(incidents.resolvedAt))
    .limit(1);
  return row?.at ?? new Date(0);
}

function wordsOf(step: WriteStep, loaded: LoadedRotation): { title: string; help: string } {
  const { old, new: made, connection, capabilities } = loaded;
  const newName = made?.name ?? 'its new key';
  const at = connection.name;
  const stop = capabilities.disable.can ? 'disable' : 'cap';
  const again = 'Keyward tries again every few minutes.';
  switch (step.kind) {
    case 'stop_old':
      return {
        title: `The rotation of “${old.name}” cannot stop the old key: ${at} refuses.`,
        help: `“${newName}” has taken over, and the old secret still works. ${again} Stop or delete “${old.name}” at ${at} itself, let its management key do so, or go back on the key’s page.`,
      };
    case 'delete_old':
      return {
        title: `The rotation of “${old.name}” cannot delete the old key: ${at} refuses.`,
        help: `It is stopped, but still there. ${again} Delete it at ${at} itself, let its management key do so, or go back on the key’s page.`,
      };
    case 'restore_old':
      return {
        title: `“${old.name}” does not work again: ${at} refuses.`,
        help: `Its rotation was taken back, and it is still stopped. ${again} Set its limit or enable it on its page or at ${at} itself.`,
      };
    case 'stop_new':
      return {
        title: `“${newName}” cannot be removed: ${at} refuses.`,
        help: `The rotation of “${old.name}” was taken back, and the new key still works. ${again} Delete it at ${at} itself, or ${stop} it on its page.`,
      };
    case 'copy':
      return {
        title: `The ${step.what} of “${old.name}” could not be set on “${newName}”: ${at} refuses.`,
        help: `The rotation goes on without. Set the ${step.what} on the page of “${newName}” or at ${at} itself.`,
      };
  }
}

/**
 * A step that is refused again and again asks a person, once, with what they can do. To be called before the failure
 * is stored in the rotation's row.
 */
export async function askAboutRefusal(
  context: ServerContext,
  loaded: LoadedRotation,
  step: WriteStep,
  error: AppError,
): Promise<void> {
  const key = keyOf(step, loaded);
  const since = await lastAnswered(context.db, key.id);
  const ledger = await listRotationChanges(context.db, loaded.row.id);
  const tries = triesOf(step, loaded, ledger).filter(
    (row) => isRefusal(row) && row.plannedAt >= since,
  ).length;
  // Nothing was sent: no try is on record, so the same failure the time before stands for it.
  const isUnsent = error.code === 'unsupported' || (error.code === 'conflict' && !error.facts?.changeId);
  const isStuck = isUnsent && loaded.row.failure === error.message;
  if (tries < REFUSALS_BEFORE_INCIDENT && !isStuck) return;
  const { title, help } = wordsOf(step, loaded);
  await askOnce(context, {
    kind: KIND,
    title,
    connectionId: loaded.connection.id,
    keyId: key.id,
    facts: { why: `${error.message} ${help}`, ...(tries > 0 ? { tries } : {}) },
  });
}

/** The step came through: nothing is left to ask. */
export async function closeRefusal(
  context: ServerContext,
  loaded: LoadedRotation,
  step: WriteStep,
): Promise<void> {
  const key = keyOf(step, loaded);
  const isOpen = and(eq(incidents.kind, KIND), eq(incidents.keyId, key.id), isNull(incidents.resolvedAt));
  if ((await context.db.$count(incidents, isOpen)) === 0) return;
  await withTransaction(context, (tx) =>
    closeIncidentsOfKey(tx, context, { kind: KIND, keyId: key.id }, 'It came through.'),
  );
}

/** A person decided on the rotation, or it moved on: what was asked about its keys is answered. */
export async function closeRefusals(
  tx: Transaction,
  context: ServerContext,
  keyIds: readonly (number | undefined)[],
  resolution: string,
): Promise<void> {
  for (const keyId of keyIds) {
    if (keyId !== undefined) await closeIncidentsOfKey(tx, context, { kind: KIND, keyId }, resolution);
  }
}
