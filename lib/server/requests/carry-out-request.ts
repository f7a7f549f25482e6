import 'server-only';
import { sql } from 'drizzle-orm';
import { log } from '@/lib/utils/log';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { carryLeaseEnd } from './carry-lease';
import { executeRequest } from './execute-request';
import { findAttempt, followAttempt } from './follow-attempt';
import { addEvent, type LoadedRequest, loadRequest, lockRequest, updateRequest } from './request-row';
import { finishRequest, recordFailedRequest } from './settle-request';

/** Notes that it is about to be sent, before anything is: from then on the ledger tells how far it came. */
async function recordSending(context: ServerContext, requestId: string): Promise<LoadedRequest | null> {
  return withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    if (loaded.request.state !== 'approved') return null;
    await updateRequest(tx, requestId, { failure: null, workedUntil: carryLeaseEnd(context) });
    await addEvent(tx, { ...context, actor: { kind: 'system', name: 'Keyward' } }, loaded.request, {
      kind: 'sent',
    });
    return loaded;
  });
}

function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  log.error({ err: error, requestId }, 'An approved request could not be carried out');
  return new AppError('internal', 'Keyward failed while carrying this out.', { cause: error });
}

/**
 * Carries an approved request out through the change ledger, or goes on where a dead process stopped: what was
 * sent is never sent again before its outcome is certain. The caller holds the request's lease. What comes of it
 * stands on the request: nothing is thrown for a provider that refuses or is away.
 */
export async function carryOutRequest(context: ServerContext, requestId: string): Promise<void> {
  const before = await loadRequest(context.db, requestId);
  if (before.request.state !== 'approved') return;
  const attempt = await findAttempt(context.db, before.request);
  if (attempt) {
    await followAttempt(context, before.request, attempt);
    return;
  }
  const loaded = await recordSending(context, requestId);
  if (!loaded) return;
  try {
    const done = await executeRequest(context, loaded);
    if (done) await withTransaction(context, (tx) => finishRequest(tx, context, requestId, done));
  } catch (error) {
    const failure = toAppError(error, requestId);
    const told = failure.code === 'outcome_unknown' ? failure.facts?.changeId : null;
    const changeId = typeof told === 'string' ? told : null;
    const sent = await findAttempt(context.db, { ...loaded.request, changeId });
    // What may have happened is looked at before anything else is said of it.
    if (sent && ['planned', 'sent', 'unknown', 'applied', 'settled_applied'].includes(sent.state)) {
      await followAttempt(context, loaded.request, sent);
      return;
    }
    await recordFailedRequest(context, requestId, failure, sent?.id ?? null);
  }
}

/** Approved requests that nobody works on and that are due, for this process alone. */
export async function claimApproved(context: ServerContext, atMost: number): Promise<readonly string[]> {
  const { rows } = await context.db.execute<{ id: string }>(sql`
    update requests set worked_until = ${carryLeaseEnd(context)} where id in (
      select id from requests where state = 'approved' and (worked_until is null or worked_until <= ${context.now()})
      order by decided_at limit ${atMost} for update skip locked)
    returning id`);
  return rows.map(({ id }) => id);
}
