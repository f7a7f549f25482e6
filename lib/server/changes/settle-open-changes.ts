import 'server-only';
import { and, asc, eq, gt, inArray, isNotNull, lte, notInArray, or } from 'drizzle-orm';
import { changes } from '@/lib/db/schema';
import { settlementWords } from '@/lib/domain/changes/change-words';
import { backoffMs, inCallTiming } from '@/lib/domain/changes/settle-timing';
import { log } from '@/lib/utils/log';
import { type ServerContext, withTransaction } from '../context';
import { type LoadedChange, loadChange } from './change-row';
import { leaseEnd, runningChanges, whileRunning } from './lease';
import { lookAtCreate } from './look-at-create';
import { lookAtUpdate } from './look-at-update';
import { postponeLook, recordInterrupted, recordSettlement } from './record-settlement';
import { retireOrphan } from './retire-orphan';
import { stopUnseen } from './stop-unseen';

/** A look gives up after so long, so that one slow provider does not keep the others waiting for ever. */
const LOOK_MS = 20_000;
const PAUSED_MS = 60_000;
const AT_ONCE = 100;
/** Nothing is ever put off for so long: a moment further ahead was written while a clock stood wrong. */
const WRONG_CLOCK_MS = 900_000;

/** Takes what is due, for this process alone until its lease ends. */
async function claimDue(context: ServerContext): Promise<{ id: string; connectionId: number }[]> {
  const running = [...runningChanges()];
  const now = context.now();
  return withTransaction(context, async (tx) => {
    const due = await tx
      .select({ id: changes.id, connectionId: changes.connectionId })
      .from(changes)
      .where(
        and(
          isNotNull(changes.lookAt),
          or(lte(changes.lookAt, now), gt(changes.lookAt, new Date(now.getTime() + WRONG_CLOCK_MS))),
          running.length === 0 ? undefined : notInArray(changes.id, running),
        ),
      )
      .orderBy(asc(changes.lookAt))
      .limit(AT_ONCE)
      .for('update', { skipLocked: true });
    if (due.length === 0) return [];
    await tx
      .update(changes)
      .set({ lookAt: leaseEnd(context) })
      .where(
        inArray(
          changes.id,
          due.map(({ id }) => id),
        ),
      );
    return due;
  });
}

/** No call goes to a paused connection; a removed one can never be asked again. */
async function isReachable(context: ServerContext, change: LoadedChange): Promise<boolean> {
  const { row, connection } = change;
  if (connection.state === 'active') return true;
  if (connection.state === 'paused' || row.state === 'settled_applied' || row.state === 'applied') {
    const lookAt = connection.state === 'removed' ? null : new Date(context.now().getTime() + PAUSED_MS);
    await context.db.update(changes).set({ lookAt }).where(eq(changes.id, row.id));
    return false;
  }
  if (row.state === 'settled_not_applied') {
    await context.db.update(changes).set({ lookAt: null }).where(eq(changes.id, row.id));
    return false;
  }
  const words = settlementWords.removedConnection;
  await recordSettlement(context, change, {
    state: 'abandoned',
    words,
    incident:
      row.kind === 'create_key'
        ? {
            kind: 'outcome_not_told',
            title: `${connection.name} may hold a key that nobody knows.`,
            facts: { why: words },
          }
        : undefined,
  });
  return false;
}

async function takeUp(context: ServerContext, changeId: string): Promise<void> {
  let change = await loadChange(context.db, changeId);
  if (change.row.state === 'planned') {
    await recordSettlement(context, change, {
      state: 'settled_not_applied',
      words: settlementWords.neverSent,
    });
    return;
  }
  if (change.row.state === 'sent') change = await recordInterrupted(context, change);
  if (!(await isReachable(context, change))) return;
  if (change.row.state === 'applied') {
    await stopUnseen(context, change);
    return;
  }
  if (change.row.state === 'settled_applied') {
    await retireOrphan(context, changeId);
    return;
  }
  const look = change.row.kind === 'create_key' ? lookAtCreate : lookAtUpdate;
  const quietMs = (context.settling ?? inCallTiming).quietMs;
  const verdict = await look(context, change, { signal: AbortSignal.timeout(LOOK_MS), quietMs });
  if (verdict.kind === 'open') await postponeLook(context, change, verdict);
}

/** A bug or a lost database must not keep the other changes from being settled. */
async function takeUpSafely(context: ServerContext, changeId: string): Promise<void> {
  try {
    await whileRunning(context, changeId, () => takeUp(context, changeId));
  } catch (error) {
    log.error({ err: error, changeId }, 'A change could not be settled');
    const { row } = await loadChange(context.db, changeId);
    const lookAt = new Date(context.now().getTime() + backoffMs(row.checks + 1));
    await context.db
      .update(changes)
      .set({ checks: row.checks + 1, lookAt })
      .where(and(eq(changes.id, changeId), isNotNull(changes.lookAt)));
  }
}

/**
 * Takes up every change that is due: what was planned or sent by a process that is gone, what has no certain
 * outcome yet, what may still land late, and keys of lost creates that must be removed. Call it at the start and
 * every few seconds; several processes may. Answers how many were taken up.
 */
export async function settleOpenChanges(context: ServerContext): Promise<{ readonly takenUp: number }> {
  const due = await claimDue(context);
  const connectionIds = [...new Set(due.map(({ connectionId }) => connectionId))];
  await Promise.all(
    connectionIds.map(async (connectionId) => {
      for (const row of due) if (row.connectionId === connectionId) await takeUpSafely(context, row.id);
    }),
  );
  return { takenUp: due.length };
}
