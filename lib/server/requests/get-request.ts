import 'server-only';
import { eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { connections, handOvers, requests } from '@/lib/db/schema';
import { handOverStateOf } from '@/lib/domain/hand-over/hand-over-state';
import type { UserActor } from '@/lib/domain/people/actor';
import { reachOf } from '@/lib/domain/people/permission';
import { isUndecided } from '@/lib/domain/requests/request';
import { basisChangesSchema } from '@/lib/domain/requests/request-basis';
import { requestEditSchema } from '@/lib/domain/requests/request-edit';
import type { RequestIdInput } from '@/lib/domain/requests/request-input';
import type {
  RequestAbilities,
  RequestEventView,
  RequestEvidence,
  RequestView,
} from '@/lib/domain/requests/request-view';
import { capabilitiesOf } from '@/lib/providers/registry';
import { newKeyRows } from '@/lib/words/new-key-words';
import { getChange } from '../changes/get-change';
import { requireUser, type ServerContext, teamsWithinReach } from '../context';
import { AppError, notFound } from '../errors';
import { loadKey } from '../keys/load-key';
import { approversOf, grantOfEvent } from './approve-request';
import { loadBasis, needsOf } from './load-basis';
import { listEarlier, loadKeyEvidence } from './load-evidence';
import {
  type EventRow,
  isWithinReach,
  type LoadedRequest,
  listEvents,
  loadRequest,
  proposalOf,
} from './request-row';
import { summaryOf } from './summary-of';
import { listApprovers } from './tell-request';

type Secret = RequestView['secret'];

function changedOf(facts: unknown): RequestEventView['changed'] {
  const changed = typeof facts === 'object' && facts !== null && 'changed' in facts ? facts.changed : [];
  return basisChangesSchema.safeParse(changed).data ?? [];
}

function editsOf(facts: unknown): RequestEventView['edits'] {
  const edits = typeof facts === 'object' && facts !== null && 'edits' in facts ? facts.edits : [];
  return z.array(requestEditSchema).safeParse(edits).data ?? [];
}

function viewEvents(events: readonly EventRow[], { request }: LoadedRequest): readonly RequestEventView[] {
  const proposal = proposalOf(request);
  const valid = proposal ? approversOf(events, request.basisNumber, proposal) : new Set<string>();
  return events.map(({ id, kind, at, actorId, actorName, words, facts, basisNumber }) => ({
    id,
    kind,
    at: at.toISOString(),
    actorName: actorName ?? 'Keyward',
    words,
    grant: grantOfEvent(facts),
    changed: changedOf(facts),
    edits: editsOf(facts),
    isVoid:
      kind === 'approved' &&
      isUndecided(request.state) &&
      (basisNumber !== request.basisNumber || actorId === null || !valid.has(actorId)),
  }));
}

async function loadSecret(
  context: ServerContext,
  { request }: LoadedRequest,
  actor: UserActor,
): Promise<Secret> {
  const id = request.granted?.handOver?.id;
  if (!id || request.requesterId !== actor.id) return null;
  const [row] = await context.db.select().from(handOvers).where(eq(handOvers.id, id));
  return row ? { state: handOverStateOf(row, context.now()), expiresAt: row.expiresAt.toISOString() } : null;
}

function abilitiesOf(
  { request }: LoadedRequest,
  actor: UserActor,
  approvers: ReadonlySet<string>,
  secret: Secret,
): RequestAbilities {
  const isOwn = request.requesterId === actor.id;
  const mayDecide = reachOf(actor.role, 'requests.decide') !== null;
  const isOpen = isUndecided(request.state);
  const decides = mayDecide && isOpen && !isOwn;
  const isStuck = request.state === 'failed' || (request.state === 'approved' && request.failure !== null);
  return {
    approve: decides && !approvers.has(actor.id) && request.basis.grant !== null,
    askBack: decides && request.state === 'open',
    decline: decides,
    answer: isOwn && request.state === 'asked_back',
    withdraw: isOwn && isOpen,
    edit: isOwn && isOpen && reachOf(actor.role, 'requests.create') !== null,
    retry: mayDecide && isStuck,
    collect: secret?.state === 'waiting',
    whyNot: !mayDecide || !isOpen ? null : isOwn ? 'own' : approvers.has(actor.id) ? 'already' : null,
  };
}

/** Key, spend and team, when the viewer reaches the key; null otherwise. */
async function loadEvidence(
  context: ServerContext,
  { request }: LoadedRequest,
  team: RequestEvidence['team'],
): Promise<RequestEvidence | null> {
  if (request.keyId === null) return { key: null, team, earlier: [] };
  try {
    await loadKey(context, 'keys.read', request.keyId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
  return {
    key: await loadKeyEvidence(context, request.keyId),
    team,
    earlier: await listEarlier(context, request.keyId, ne(requests.id, request.id)),
  };
}

async function loadChangeView(
  context: ServerContext,
  changeId: string | null,
): Promise<RequestView['change']> {
  if (changeId === null) return null;
  const system: ServerContext = { ...context, actor: { kind: 'system', name: 'Keyward' } };
  const { id, phase, sentence, incidentId } = await getChange(system, { changeId });
  return { id, phase, sentence, incidentId };
}

async function loadNewKeyRows(
  context: ServerContext,
  { request }: LoadedRequest,
): Promise<RequestView['newKey']> {
  const { newKey, grant } = request.basis;
  if (newKey === null) return [];
  const [row] = await context.db
    .select({ provider: connections.provider, generation: connections.generation })
    .from(connections)
    .where(eq(connections.id, newKey.connectionId));
  if (!row) return [];
  const limit = grant?.kind === 'new_key' ? grant.limit : null;
  return newKeyRows(newKey, limit, capabilitiesOf(row.provider, row.generation));
}

/** One request with the evidence to decide on it; throws `not_found` for one out of reach. */
export async function getRequest(
  context: ServerContext,
  { requestId }: RequestIdInput,
): Promise<RequestView> {
  const teamIds = teamsWithinReach(context, 'requests.read');
  const actor = requireUser(context);
  const loaded = await loadRequest(context.db, requestId);
  const { request } = loaded;
  if (!isWithinReach(request, actor, teamIds)) throw notFound('request');
  const events = await listEvents(context.db, requestId);
  const fresh = await loadBasis(context, context.db, request.wish, request.basis.told);
  const proposed = proposalOf(request);
  const approvers = proposed ? approversOf(events, request.basisNumber, proposed) : new Set<string>();
  const others = await listApprovers(context.db, request.requesterId);
  const secret = await loadSecret(context, loaded, actor);
  const evidence = await loadEvidence(context, loaded, fresh.standing.team);
  const abilities = abilitiesOf(loaded, actor, approvers, secret);
  // Who asks may no longer reach the key; taking one over is asked for without.
  const isEditable = evidence !== null || request.kind === 'take_over';
  const isPaused = request.state === 'approved' && request.failure !== null;
  return {
    ...summaryOf(loaded, { approvals: others.filter((id) => approvers.has(id)).length, waitsForMe: false }),
    reason: request.reason,
    asOf: context.now().toISOString(),
    isOwn: request.requesterId === actor.id,
    connectionName: loaded.connectionName,
    newKey: await loadNewKeyRows(context, loaded),
    basisNumber: request.basisNumber,
    wished: request.basis.grant,
    proposed,
    needs:
      proposed && isUndecided(request.state) ? needsOf({ ...fresh, basis: request.basis }, proposed) : null,
    otherApprovers: others.filter((id) => !approvers.has(id)).length,
    failure: request.failure,
    triedAgainAt: isPaused ? (request.workedUntil?.toISOString() ?? null) : null,
    change: await loadChangeView(context, request.changeId),
    settledAt: request.settledAt?.toISOString() ?? null,
    secret,
    events: viewEvents(events, loaded),
    can: { ...abilities, edit: abilities.edit && isEditable },
    evidence,
  };
}
