import 'server-only';
import type { Transaction } from '@/lib/db/client';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import type { UserActor } from '@/lib/domain/people/actor';
import { endFault } from '@/lib/domain/raises/raise';
import { isUndecided, type RequestState } from '@/lib/domain/requests/request';
import type { BasisChange } from '@/lib/domain/requests/request-basis';
import type { ApproveRequestInput } from '@/lib/domain/requests/request-input';
import { type Grant, grantSchema, isWithinGrant } from '@/lib/domain/requests/request-wish';
import { basisChangeWords, grantText } from '@/lib/words/request-words';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { carryLeaseEnd } from './carry-lease';
import { carryOutRequest } from './carry-out-request';
import { loadBasis, needsOf, refreshBasis } from './load-basis';
import {
  addEvent,
  auditRequest,
  type EventRow,
  type LoadedRequest,
  listEvents,
  loadRequest,
  lockRequest,
  updateRequest,
} from './request-row';
import { listApprovers, tellRequest } from './tell-request';

export type DecidedRequest = { readonly requestId: string; readonly state: RequestState };

type Decision =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'counted' }
  | { readonly kind: 'approved' }
  | { readonly kind: 'asks_again'; readonly changed: readonly BasisChange[] };

/** Who approved exactly this, on exactly this basis. */
export function approversOf(
  events: readonly EventRow[],
  basisNumber: number,
  grant: Grant,
): ReadonlySet<string> {
  const wanted = canonicalJson(grant);
  const ids = events
    .filter((event) => event.kind === 'approved' && event.basisNumber === basisNumber)
    .filter(({ facts }) => canonicalJson(grantOfEvent(facts)) === wanted)
    .flatMap(({ actorId }) => actorId ?? []);
  return new Set(ids);
}

export function grantOfEvent(facts: unknown): Grant | null {
  const grant = typeof facts === 'object' && facts !== null && 'grant' in facts ? facts.grant : null;
  return grantSchema.safeParse(grant).data ?? null;
}

/** Throws what is told to whoever decides on what is decided already, and to the requester. */
export function requireDecidable({ request }: LoadedRequest, actor: UserActor, now: Date): void {
  if (request.requesterId === actor.id) {
    throw new AppError('forbidden', 'Nobody decides on what they asked for themselves.');
  }
  if (!isUndecided(request.state)) {
    throw new AppError('conflict', 'This was decided already. Nothing was changed.', {
      facts: { state: request.state },
    });
  }
  if (request.lapsesAt <= now)
    throw new AppError('conflict', 'This request has lapsed. Nothing was changed.');
}

function requireGrantable(context: ServerContext, { request }: LoadedRequest, grant: Grant): void {
  const { basis } = request;
  if (basis.grant === null) {
    throw new AppError('conflict', 'This cannot be fulfilled any more, only declined.');
  }
  if (!isWithinGrant(grant, basis.grant, basis.key?.limit ?? null)) {
    throw invalidField('grant', 'An approval gives what was asked for, or less of it.');
  }
  const until = grant.kind === 'limit' ? grant.until : null;
  const fault = until === null ? null : endFault(new Date(until), context.now());
  if (fault) throw invalidField('grant', fault);
}

async function decide(
  tx: Transaction,
  context: ServerContext & { readonly actor: UserActor },
  input: ApproveRequestInput,
): Promise<Decision> {
  const found = await lockRequest(tx, input.requestId);
  const isApproved = ['approved', 'applied', 'failed'].includes(found.request.state);
  if (isApproved && found.request.requesterId !== context.actor.id) return { kind: 'unchanged' };
  requireDecidable(found, context.actor, context.now());
  const fresh = await loadBasis(context, tx, found.request.wish, found.request.basis.told);
  const changed = await refreshBasis(tx, context, found, fresh);
  if (changed.length > 0 || input.basisNumber !== found.request.basisNumber) {
    return { kind: 'asks_again', changed };
  }
  requireGrantable(context, found, input.grant);
  const approvers = approversOf(await listEvents(tx, input.requestId), input.basisNumber, input.grant);
  if (approvers.has(context.actor.id)) return { kind: 'unchanged' };
  const needed = Math.max(1, needsOf(fresh, input.grant).approvals);
  // Whoever may not approve any more no longer counts.
  const still = await listApprovers(tx, found.request.requesterId);
  const given = still.filter((id) => approvers.has(id)).length + 1;
  return recordApproval(tx, context, found, input, { given, needed });
}

async function recordApproval(
  tx: Transaction,
  context: ServerContext & { readonly actor: UserActor },
  { request }: LoadedRequest,
  { grant, words }: ApproveRequestInput,
  { given, needed }: { readonly given: number; readonly needed: number },
): Promise<Decision> {
  const isEnough = given >= needed;
  await updateRequest(tx, request.id, {
    granted: { grant },
    approvalsNeeded: needed,
    state: isEnough ? 'approved' : 'open',
    ...(isEnough ? { decidedAt: context.now(), workedUntil: carryLeaseEnd(context) } : {}),
  });
  const loaded = await lockRequest(tx, request.id);
  await addEvent(tx, context, request, { kind: 'approved', words, facts: { grant } });
  await auditRequest(tx, context, loaded, {
    action: 'request.approve',
    after: { ...(grant.kind === 'limit' ? { limit: grant.limit } : {}), approvals: `${given} of ${needed}` },
    reason: words,
  });
  await tellRequest(tx, context, loaded, {
    step: isEnough ? 'approved' : 'asked',
    title: isEnough
      ? `${context.actor.name} approved: ${grantText(grant)} for ${loaded.keyName}`
      : `${context.actor.name} approved, and one more person must`,
    body: words,
    mark: `${request.basisNumber}:${given}:${context.actor.id}`,
  });
  return { kind: isEnough ? 'approved' : 'counted' };
}

function sayAsksAgain(changed: readonly BasisChange[]): string {
  const what = changed.map((change) => basisChangeWords[change]).join(' and ') || 'something';
  return `Since this page was drawn, ${what} changed. Look at it again: nothing was approved.`;
}

/**
 * Approves what was shown, or less of it, and carries it out once enough people did. Doing it twice changes nothing.
 * Throws `forbidden` for the requester, `stale` when the limit, the key or the rules are not what was shown (it
 * then asks again), `conflict` when it was declined, withdrawn or lapsed, `invalid` for more than was asked for.
 */
export async function approveRequest(
  context: ServerContext,
  input: ApproveRequestInput,
): Promise<DecidedRequest> {
  requirePermission(context, 'requests.decide');
  const acting = { ...context, actor: requireUser(context) };
  const decision = await withTransaction(acting, (tx) => decide(tx, acting, input));
  if (decision.kind === 'asks_again') throw new AppError('stale', sayAsksAgain(decision.changed));
  if (decision.kind === 'approved') await carryOutRequest(context, input.requestId);
  const { request } = await loadRequest(context.db, input.requestId);
  return { requestId: request.id, state: request.state };
}
