import 'server-only';
import { and, inArray, lte, sql } from 'drizzle-orm';
import { requests } from '@/lib/db/schema';
import { isUndecided } from '@/lib/domain/requests/request';
import { log } from '@/lib/utils/log';
import { type ServerContext, withTransaction } from '../context';
import { carryOutRequest, claimApproved } from './carry-out-request';
import { findAttempt, isUsable } from './find-attempt';
import { followAttempt } from './follow-attempt';
import { loadBasis, refreshBasis } from './load-basis';
import { addEvent, auditRequest, loadRequest, lockRequest, titleOf, updateRequest } from './request-row';
import { tellRequest } from './tell-request';

const AT_ONCE = 20;
const UNDECIDED = ['open', 'asked_back'] as const;

async function lapse(context: ServerContext, requestId: string): Promise<void> {
  await withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    const { request } = loaded;
    const at = context.now();
    if (!isUndecided(request.state) || request.lapsesAt > at) return;
    await updateRequest(tx, requestId, { state: 'lapsed', settledAt: at });
    await addEvent(tx, context, request, { kind: 'lapsed' });
    await auditRequest(tx, context, loaded, { action: 'request.lapse' });
    await tellRequest(tx, context, loaded, {
      step: 'lapsed',
      title: `Nobody decided in time: ${titleOf(loaded)}`,
      body: 'It can be asked for again.',
    });
  });
}

async function refresh(context: ServerContext, requestId: string): Promise<void> {
  await withTransaction(context, async (tx) => {
    const loaded = await lockRequest(tx, requestId);
    const { request } = loaded;
    if (!isUndecided(request.state)) return;
    await refreshBasis(tx, context, loaded, await loadBasis(context, tx, request.wish, request.basis.told));
  });
}

/** One request at fault must not keep the others waiting. */
async function eachSafely(
  ids: readonly string[],
  what: string,
  work: (requestId: string) => Promise<void>,
): Promise<void> {
  for (const requestId of ids) {
    try {
      await work(requestId);
    } catch (error) {
      log.error({ err: error, requestId }, what);
    }
  }
}

/** Lets requests lapse that nobody decided in time, and brings the others to what is there now. */
export async function refreshRequests(context: ServerContext): Promise<void> {
  const due = await context.db
    .select({ id: requests.id })
    .from(requests)
    .where(and(inArray(requests.state, [...UNDECIDED]), lte(requests.lapsesAt, context.now())));
  await eachSafely(
    due.map(({ id }) => id),
    'A request could not lapse; it is tried again',
    (id) => lapse(context, id),
  );
  const open = await context.db
    .select({ id: requests.id })
    .from(requests)
    .where(inArray(requests.state, [...UNDECIDED]));
  await eachSafely(
    open.map(({ id }) => id),
    'A request could not be brought up to date; it is tried again',
    (id) => refresh(context, id),
  );
}

/** Requests told as failed whose call landed late after all: they are in effect, and say so. */
async function finishLanded(context: ServerContext): Promise<void> {
  const { rows } = await context.db.execute<{ id: string }>(sql`
    select r.id from requests r where r.state = 'failed' and exists (
      select 1 from changes c
      where (c.parent_id = r.id or c.parent_id in (select o.id from raises o where o.request_id = r.id))
        and (c.state = 'applied' or (c.state = 'settled_applied' and c.kind <> 'create_key'))
        and c.kind in ('set_limit', 'enable_key', 'create_key'))`);
  await eachSafely(
    rows.map(({ id }) => id),
    'A request that landed late could not be told as in effect; it is tried again',
    async (id) => {
      const { request } = await loadRequest(context.db, id);
      const attempt = await findAttempt(context.db, request);
      if (attempt && isUsable(attempt)) await followAttempt(context, request, attempt);
    },
  );
}

/**
 * Goes on with what was approved: what a dead process left, what the provider was away for, and what follows the
 * outcome of its write. Call it every few seconds; several processes may.
 */
export async function carryOutRequests(context: ServerContext): Promise<void> {
  await finishLanded(context);
  await eachSafely(
    await claimApproved(context, AT_ONCE),
    'An approved request could not be carried on; it is tried again',
    (id) => carryOutRequest(context, id),
  );
}
