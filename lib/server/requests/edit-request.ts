import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { connections, requestEvents, requests, teams } from '@/lib/db/schema';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { isUndecided } from '@/lib/domain/requests/request';
import { type NewKeyBasis, newKeyBasis, type RequestBasis } from '@/lib/domain/requests/request-basis';
import type { RequestEdit } from '@/lib/domain/requests/request-edit';
import {
  type EditRequestInput,
  type Grant,
  grantOfWish,
  type RequestWish,
} from '@/lib/domain/requests/request-wish';
import { capabilitiesOf } from '@/lib/providers/registry';
import { newKeyRows } from '@/lib/words/new-key-words';
import { editsBetween, editText, type ReadWish } from '@/lib/words/request-edit-words';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField, notFound } from '../errors';
import { approveByRule, lapseOf } from './approve-by-rule';
import { carryOutRequest } from './carry-out-request';
import type { AskedRequest } from './create-request';
import { type FreshBasis, loadBasis, needsOf } from './load-basis';
import {
  addEvent,
  auditRequest,
  type LoadedRequest,
  loadRequest,
  lockRequest,
  titleOf,
  updateRequest,
} from './request-row';
import { resolveEdit } from './resolve-wish';
import { tellRequest } from './tell-request';

/**
 * Changes a wish that nobody decided on yet, also after it was asked back: another amount, time or reason, or other
 * settings of a new key. What was approved so far is void and it asks anew; what the rules then let pass is carried
 * out at once. Saying the same again changes nothing. Only for the one who asked: throws `not_found` for anybody
 * else, `conflict` once it is decided or has lapsed, `invalid` beside the field.
 */
export async function editRequest(context: ServerContext, input: EditRequestInput): Promise<AskedRequest> {
  requirePermission(context, 'requests.create');
  const { id: requesterId } = requireUser(context);
  const { requestId, reason } = input;
  const before = await loadRequest(context.db, requestId);
  requireEditable(before, requesterId, context.now());
  const wish = await resolveEdit(context, before.request.wish, input.wish);
  const isByRule = await withTransaction(context, async (tx) => {
    const { standing } = await loadBasis(context, tx, wish);
    // As for a new request: two small raises at once must not both take the last of one envelope.
    if (standing.team) {
      await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, standing.team.id)).for('update');
    }
    const loaded = await lockRequest(tx, requestId);
    requireEditable(loaded, requesterId, context.now());
    return storeEdit(tx, context, loaded, { wish, reason });
  });
  if (isByRule) await carryOutRequest(context, requestId);
  const [row] = await context.db
    .select({ state: requests.state })
    .from(requests)
    .where(eq(requests.id, requestId));
  return { requestId, state: row?.state ?? 'open' };
}

function requireEditable({ request }: LoadedRequest, requesterId: string, now: Date): void {
  if (request.requesterId !== requesterId) throw notFound('request');
  if (!isUndecided(request.state)) {
    throw new AppError('conflict', 'This was decided already, so it cannot be changed. Ask again.', {
      facts: { state: request.state },
    });
  }
  if (request.lapsesAt <= now) {
    throw new AppError('conflict', 'This request has lapsed, so it cannot be changed. Ask again.');
  }
}

type Edit = { readonly wish: RequestWish; readonly reason: string };

async function storeEdit(
  tx: Transaction,
  context: ServerContext,
  before: LoadedRequest,
  { wish, reason }: Edit,
): Promise<boolean> {
  const { request } = before;
  if (canonicalJson(wish) === canonicalJson(request.wish) && reason === request.reason) return false;
  const fresh = await loadBasis(context, tx, wish, request.basis.told);
  const { grant } = fresh.basis;
  if (grant === null) throw invalidField('wish.change', 'This cannot be fulfilled any more. Withdraw it.');
  const needs = needsOf(fresh, grant);
  const hadApproval = await wasApproved(tx, request);
  await updateRequest(tx, request.id, {
    wish,
    reason,
    basis: fresh.basis,
    basisNumber: request.basisNumber + 1,
    approvalsNeeded: needs.approvals,
    granted: null,
    state: 'open',
    lapsesAt: lapseOf(context, fresh, grant),
  });
  const loaded = await lockRequest(tx, request.id);
  const edits = editsBetween(
    await readWish(tx, request, fresh, { wish: request.wish, reason: request.reason }),
    await readWish(tx, request, fresh, { wish, reason }),
  );
  await recordEdit(tx, context, loaded, { before: titleOf(before), edits, hadApproval });
  if (needs.approvals === 0) await approveByRule(tx, context, request.id, grant, needs);
  return needs.approvals === 0;
}

async function wasApproved(tx: Transaction, { id, basisNumber }: LoadedRequest['request']): Promise<boolean> {
  const [approved] = await tx
    .select({ id: requestEvents.id })
    .from(requestEvents)
    .where(
      and(
        eq(requestEvents.requestId, id),
        eq(requestEvents.kind, 'approved'),
        eq(requestEvents.basisNumber, basisNumber),
      ),
    )
    .limit(1);
  return approved !== undefined;
}

type Recorded = {
  /** What it was called before. */
  readonly before: string;
  readonly edits: readonly RequestEdit[];
  readonly hadApproval: boolean;
};

/** Tells every approver and whoever took part what is different, since what they saw is no longer asked for. */
async function recordEdit(
  tx: Transaction,
  context: ServerContext,
  loaded: LoadedRequest,
  { before, edits, hadApproval }: Recorded,
): Promise<void> {
  const { request, requesterName } = loaded;
  await addEvent(tx, context, request, { kind: 'edited', facts: { edits } });
  await auditRequest(tx, context, loaded, {
    action: 'request.edit',
    before: { asked: before },
    after: { asked: titleOf(loaded), changed: editText(edits) },
    reason: request.reason,
  });
  await tellRequest(tx, context, loaded, {
    step: 'asked',
    title: `${requesterName} changed what they ask for: ${titleOf(loaded)}`,
    body: `${editText(edits)}.${hadApproval ? ' What was approved so far is void.' : ''}`,
    mark: `edited:${request.basisNumber}`,
  });
}

async function loadCapabilities(tx: Transaction, connectionId: number): Promise<Capabilities> {
  const [row] = await tx
    .select({ provider: connections.provider, generation: connections.generation })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!row) throw new Error('a request names a connection that is not there');
  return capabilitiesOf(row.provider, row.generation);
}

/** A wish over what is there now, so that only what the requester changed differs. */
async function readWish(
  tx: Transaction,
  { connectionId, basis }: { readonly connectionId: number; readonly basis: RequestBasis },
  fresh: FreshBasis,
  { wish, reason }: Edit,
): Promise<ReadWish> {
  const grant = grantOfWish(wish, fresh.basis.key?.limit ?? null);
  if (wish.kind !== 'new_key') return { grant, newKey: [], reason };
  const known = [basis.newKey, fresh.basis.newKey].find((one) => one?.container?.id === wish.containerId);
  const newKey = newKeyBasis(wish, known?.container?.name ?? null);
  return { grant, newKey: rowsOf(newKey, grant, await loadCapabilities(tx, connectionId)), reason };
}

function rowsOf(newKey: NewKeyBasis, grant: Grant | null, capabilities: Capabilities): ReadWish['newKey'] {
  const limit = grant?.kind === 'new_key' ? grant.limit : null;
  return [{ label: 'Name', value: newKey.name }, ...newKeyRows(newKey, limit, capabilities)];
}
