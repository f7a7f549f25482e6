import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { requests, teams } from '@/lib/db/schema';
import type { RequestState } from '@/lib/domain/requests/request';
import type { CreateRequestInput, RequestWish } from '@/lib/domain/requests/request-wish';
import { needsText } from '@/lib/words/request-words';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { approveByRule, lapseOf } from './approve-by-rule';
import { carryOutRequest } from './carry-out-request';
import { loadBasis, needsOf } from './load-basis';
import { addEvent, auditRequest, lockRequest, titleOf } from './request-row';
import { resolveWish } from './resolve-wish';
import { tellRequest } from './tell-request';

export type AskedRequest = { readonly requestId: string; readonly state: RequestState };

/**
 * Asks for a limit, a key, or the ownership of one. What the rules let pass without anybody is approved and
 * carried out at once, and says so. Throws `not_found` for a key out of reach, `invalid` beside the field, and
 * `conflict` while the same person waits for an answer about the same key.
 */
export async function createRequest(
  context: ServerContext,
  input: CreateRequestInput,
): Promise<AskedRequest> {
  requirePermission(context, 'requests.create');
  const { id: requesterId } = requireUser(context);
  const { wish, connectionId } = await resolveWish(context, input.wish);
  const asked = await withTransaction(context, async (tx) => {
    const fresh = await loadBasis(context, tx, wish);
    // Two small raises at once must not both take the last of one envelope.
    if (fresh.standing.team) {
      await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, fresh.standing.team.id)).for('update');
    }
    await requireNoOther(tx, requesterId, wish);
    return insertRequest(tx, context, { wish, connectionId, requesterId, reason: input.reason });
  });
  if (asked.isByRule) await carryOutRequest(context, asked.requestId);
  const [row] = await context.db
    .select({ state: requests.state })
    .from(requests)
    .where(eq(requests.id, asked.requestId));
  return { requestId: asked.requestId, state: row?.state ?? 'open' };
}

async function requireNoOther(tx: Transaction, requesterId: string, wish: RequestWish): Promise<void> {
  if (wish.kind === 'new_key') return;
  const [other] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, requesterId),
        eq(requests.keyId, wish.keyId),
        eq(requests.kind, wish.kind),
        inArray(requests.state, ['open', 'asked_back', 'approved']),
      ),
    )
    .limit(1);
  if (!other) return;
  throw new AppError('conflict', 'You asked the same of this key already, and it is not settled yet.', {
    facts: { requestId: other.id },
  });
}

type NewRequest = {
  readonly wish: RequestWish;
  readonly connectionId: number;
  readonly requesterId: string;
  readonly reason: string;
};

async function insertRequest(tx: Transaction, context: ServerContext, asked: NewRequest) {
  const { wish, ...values } = asked;
  const fresh = await loadBasis(context, tx, wish);
  const { grant } = fresh.basis;
  if (grant === null)
    throw invalidField('wish.change', 'This key has no cap that an amount could be added to.');
  const needs = needsOf(fresh, grant);
  const [row] = await tx
    .insert(requests)
    .values({
      ...values,
      kind: wish.kind,
      state: 'open',
      keyId: wish.kind === 'new_key' ? null : wish.keyId,
      teamId: fresh.standing.team?.id ?? null,
      wish,
      basis: fresh.basis,
      approvalsNeeded: needs.approvals,
      createdAt: context.now(),
      lapsesAt: lapseOf(context, fresh, grant),
    })
    .returning({ id: requests.id });
  if (!row) throw new Error('the request was not stored');
  const loaded = await lockRequest(tx, row.id);
  await addEvent(tx, context, loaded.request, { kind: 'asked', words: asked.reason });
  await auditRequest(tx, context, loaded, {
    action: 'request.create',
    after: { asked: titleOf(loaded) },
    reason: asked.reason,
  });
  const isByRule = needs.approvals === 0;
  if (isByRule) await approveByRule(tx, context, row.id, grant, needs);
  else {
    const { title } = needsText(needs);
    await tellRequest(tx, context, loaded, {
      step: 'asked',
      title: `${loaded.requesterName} asks: ${titleOf(loaded)}`,
      body: `${asked.reason}. ${title}`,
    });
  }
  return { requestId: row.id, isByRule };
}
