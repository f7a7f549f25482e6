import 'server-only';
import { and, count, desc, eq, gt, inArray } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { requestEvents } from '@/lib/db/schema';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { isSameBasis } from '@/lib/domain/requests/request-basis';
import { grantText } from '@/lib/words/request-words';
import { type ServerContext, withTransaction } from '../context';
import type { AppError } from '../errors';
import { loadBasis, refreshBasis } from './load-basis';
import { addEvent, auditRequest, type LoadedRequest, lockRequest, updateRequest } from './request-row';
import { tellAskedAgain, tellRequest } from './tell-request';

const DAY_MS = 86_400_000;
/** A provider that is away is tried again by itself so often, each time after twice as long. */
const TRIES = 6;
const FIRST_PAUSE_MS = 15_000;

function asKeyward(context: ServerContext): ServerContext {
  return { ...context, actor: { kind: 'system', name: 'Keyward' } };
}

export type DoneRequest = {
  readonly changeId: string | null;
  readonly keyId: number | null;
  /** What did not take effect with it, in words for people. */
  readonly shortfalls?: readonly string[];
};

/**
 * It took effect: the request, its event, its audit row and the news of it, together; also when it was told as failed
 * before, and the call landed late.
 */
export async function finishRequest(
  tx: Transaction,
  context: ServerContext,
  requestId: string,
  { changeId, keyId, shortfalls = [] }: DoneRequest,
): Promise<void> {
  const { request } = await lockRequest(tx, requestId);
  if (request.state !== 'approved' && request.state !== 'failed') return;
  const missing = shortfalls.join(' ');
  await updateRequest(tx, requestId, {
    state: 'applied',
    changeId,
    keyId: keyId ?? request.keyId,
    failure: missing === '' ? null : missing,
    workedUntil: null,
    settledAt: context.now(),
  });
  const keyward = asKeyward(context);
  const loaded = await lockRequest(tx, requestId);
  await addEvent(tx, keyward, request, { kind: 'applied', words: missing, facts: { changeId } });
  await auditRequest(tx, keyward, loaded, { action: 'request.apply', outcome: 'applied' });
  const grant = request.granted?.grant;
  await tellRequest(tx, keyward, loaded, {
    step: 'applied',
    title: `In effect at ${loaded.connectionName}: ${grant ? grantText(grant) : ''} for ${loaded.keyName}`,
    body: [request.kind === 'new_key' ? 'Its secret waits for you on the request’s page.' : '', missing]
      .filter((part) => part !== '')
      .join(' '),
  });
}

async function countTries(db: Queryable, requestId: string): Promise<number> {
  const [begun] = await db
    .select({ id: requestEvents.id })
    .from(requestEvents)
    .where(
      and(
        eq(requestEvents.requestId, requestId),
        inArray(requestEvents.kind, ['approved', 'approved_by_rule', 'retried']),
      ),
    )
    .orderBy(desc(requestEvents.id))
    .limit(1);
  const [tries] = await db
    .select({ count: count() })
    .from(requestEvents)
    .where(
      and(
        eq(requestEvents.requestId, requestId),
        eq(requestEvents.kind, 'sent'),
        gt(requestEvents.id, begun?.id ?? 0),
      ),
    );
  return tries?.count ?? 0;
}

/** Passes by itself: the provider is away, or another change of the key is under way. */
function isPassing({ code, facts }: AppError): boolean {
  if (code === 'provider_unavailable' || code === 'internal') return true;
  return facts?.isPassing === true || (code === 'conflict' && facts?.changeId !== undefined);
}

/** Why, in words for people: beside fields where no form stands to show them. */
function wordsOf({ message, fieldErrors }: AppError): string {
  const told = Object.values(fieldErrors ?? {}).flat();
  return told.length > 0 ? told.join(' ') : message;
}

/** The limit that the provider holds instead of the one that was shown. */
function toldLimit({ code, facts }: AppError): Limit | null {
  const current = code === 'stale' ? facts?.current : undefined;
  const limit =
    typeof current === 'object' && current !== null && 'limit' in current ? current.limit : current;
  return limitSchema.safeParse(limit).data ?? null;
}

/** An earlier try may have landed late: what was granted is there already, and the ledger will tell so soon. */
function isGrantedLimit({ request }: LoadedRequest, told: Limit | null): boolean {
  const grant = request.granted?.grant;
  return told !== null && grant?.kind === 'limit' && isSameLimit(told, grant.limit);
}

/**
 * Writes down why it was not carried out. A limit that was found changed makes it ask again; what passes by itself
 * is tried again later; all else waits for a person as failed.
 */
export async function recordFailedRequest(
  context: ServerContext,
  requestId: string,
  error: AppError,
  changeId: string | null,
): Promise<void> {
  await withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    if (loaded.request.state !== 'approved') return;
    const told = toldLimit(error);
    const isGranted = isGrantedLimit(loaded, told);
    const isOther = told !== null && loaded.request.kind === 'limit' && !isGranted;
    if (isOther && (await askAgain(tx, context, loaded, told))) return;
    const keyward = asKeyward(context);
    const failure = wordsOf(error);
    await addEvent(tx, keyward, loaded.request, {
      kind: 'refused',
      words: failure,
      facts: { code: error.code, changeId },
    });
    const tries = await countTries(tx, requestId);
    const mayPass = isPassing(error) || isGranted || isOther;
    if (mayPass && tries < TRIES) {
      const pauseMs = FIRST_PAUSE_MS * 2 ** Math.max(0, tries - 1);
      const workedUntil = new Date(context.now().getTime() + pauseMs);
      await updateRequest(tx, requestId, { failure, workedUntil, changeId });
    } else {
      await updateRequest(tx, requestId, {
        state: 'failed',
        failure,
        workedUntil: null,
        changeId,
      });
    }
    await auditRequest(tx, keyward, loaded, {
      action: 'request.fail',
      outcome: 'refused',
      reason: failure,
    });
    if (tries <= 1 || !mayPass || tries >= TRIES) {
      await tellRequest(tx, keyward, loaded, {
        step: 'failed',
        title: `Approved, but not in effect yet for ${loaded.keyName}`,
        body: failure,
        mark: `${changeId ?? tries}`,
      });
    }
  });
}

/**
 * Back to the people: somebody changed the limit at the provider since it was approved. False, and nothing done,
 * when what was approved is what is there all the same.
 */
async function askAgain(
  tx: Transaction,
  context: ServerContext,
  { request }: LoadedRequest,
  limit: Limit,
): Promise<boolean> {
  const at = context.now();
  const told = { limit, at: at.toISOString(), isJustNow: true };
  const fresh = await loadBasis(context, tx, request.wish, told);
  if (isSameBasis(request.basis, fresh.basis)) return false;
  await updateRequest(tx, request.id, {
    state: 'open',
    granted: null,
    decidedAt: null,
    workedUntil: null,
    lapsesAt: new Date(at.getTime() + fresh.standing.rules.lapseDays * DAY_MS),
  });
  const loaded = await lockRequest(tx, request.id);
  const changed = await refreshBasis(tx, context, loaded, fresh);
  const basisNumber = request.basisNumber + 1;
  await tellAskedAgain(tx, context, loaded, { basisNumber, changed });
  return true;
}
