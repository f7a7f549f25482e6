import 'server-only';
import { and, eq, max, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { requestEvents } from '@/lib/db/schema';
import { log } from '@/lib/utils/log';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { carryLeaseEnd } from './carry-lease';
import { executeRequest } from './execute-request';
import { type Attempt, findAttempt, listPlanned } from './find-attempt';
import { followAttempt } from './follow-attempt';
import { addEvent, type LoadedRequest, lockRequest, updateRequest } from './request-row';
import { finishRequest, recordFailedRequest } from './settle-request';

/** Nothing waits for so long: a moment further ahead was written while a clock stood wrong. */
const WRONG_CLOCK_MS = 1_800_000;

type Sending =
  | { readonly kind: 'send'; readonly loaded: LoadedRequest; readonly requireStill: RequireStill }
  /** Something was planned for it already. */
  | { readonly kind: 'follow'; readonly loaded: LoadedRequest; readonly attempt: Attempt }
  | { readonly kind: 'over' };

type RequireStill = (tx: Transaction) => Promise<void>;

/**
 * Notes that it is about to be sent, before anything is: from then on the ledger tells how far it came. Of two
 * processes that take it up at once, one sees what the other planned, or the other may plan no more.
 */
async function recordSending(context: ServerContext, requestId: string): Promise<Sending> {
  return withTransaction(context, async (tx): Promise<Sending> => {
    const loaded = await lockRequest(tx, requestId);
    const { request } = loaded;
    if (request.state !== 'approved') return { kind: 'over' };
    const attempt = await findAttempt(tx, request);
    if (attempt) return { kind: 'follow', loaded, attempt };
    await updateRequest(tx, requestId, { failure: null, workedUntil: carryLeaseEnd(context) });
    const earlier = await listPlanned(tx, request);
    const sentId = await addEvent(tx, { ...context, actor: { kind: 'system', name: 'Keyward' } }, request, {
      kind: 'sent',
      facts: { earlier },
    });
    return { kind: 'send', loaded, requireStill: (planning) => requireSending(planning, requestId, sentId) };
  });
}

/** In the transaction that plans the write. A lease may end while its process lives: a clock can be set ahead. */
async function requireSending(tx: Transaction, requestId: string, sentId: number): Promise<void> {
  const { request } = await lockRequest(tx, requestId);
  const [last] = await tx
    .select({ id: max(requestEvents.id) })
    .from(requestEvents)
    .where(and(eq(requestEvents.requestId, requestId), eq(requestEvents.kind, 'sent')));
  if (request.state === 'approved' && last?.id === sentId) return;
  throw new AppError('conflict', 'Another process carries this request out.', {
    facts: { isSuperseded: true },
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
  const sending = await recordSending(context, requestId);
  if (sending.kind === 'over') return;
  const { loaded } = sending;
  if (sending.kind === 'follow') {
    await followAttempt(context, loaded.request, sending.attempt);
    return;
  }
  try {
    const done = await executeRequest(context, loaded, sending.requireStill);
    if (done) await withTransaction(context, (tx) => finishRequest(tx, context, requestId, done));
  } catch (error) {
    const failure = toAppError(error, requestId);
    if (failure.facts?.isSuperseded === true) return;
    const told = failure.code === 'outcome_unknown' ? failure.facts?.changeId : null;
    const changeId = typeof told === 'string' ? told : null;
    const sent = await findAttempt(context.db, { ...loaded.request, changeId });
    // What may have happened is looked at before anything else is said of it.
    if (sent && ['planned', 'sent', 'unknown', 'applied', 'settled_applied'].includes(sent.state)) {
      await followAttempt(context, loaded.request, sent);
      return;
    }
    await recordFailedRequest(context, requestId, failure, sent?.changeId ?? null);
  }
}

/** Approved requests that nobody works on and that are due, for this process alone. */
export async function claimApproved(context: ServerContext, atMost: number): Promise<readonly string[]> {
  const wrong = new Date(context.now().getTime() + WRONG_CLOCK_MS);
  const { rows } = await context.db.execute<{ id: string }>(sql`
    update requests set worked_until = ${carryLeaseEnd(context)} where id in (
      select id from requests where state = 'approved' and (worked_until is null or worked_until <= ${context.now()}
        or worked_until > ${wrong})
      order by decided_at limit ${atMost} for update skip locked)
    returning id`);
  return rows.map(({ id }) => id);
}
