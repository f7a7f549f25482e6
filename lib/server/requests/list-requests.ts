import 'server-only';
import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { requests } from '@/lib/db/schema';
import { reachOf } from '@/lib/domain/people/permission';
import { isUndecided } from '@/lib/domain/requests/request';
import type { ListRequestsInput } from '@/lib/domain/requests/request-input';
import type { RequestSummary } from '@/lib/domain/requests/request-view';
import { requireUser, type ServerContext, teamsWithinReach } from '../context';
import { approversOf } from './approve-request';
import { type LoadedRequest, listEvents, proposalOf, selectRequests, toLoaded } from './request-row';
import { summaryOf } from './summary-of';

const MOST_ROWS = 200;

function withinReach(teamIds: readonly number[] | null, userId: string): SQL | undefined {
  if (teamIds === null) return undefined;
  const own = eq(requests.requesterId, userId);
  return teamIds.length === 0 ? own : or(own, inArray(requests.teamId, [...teamIds]));
}

/** Everything that somebody still has to do something about: decide, answer, or mend. */
const isOpen = inArray(requests.state, ['open', 'asked_back', 'approved', 'failed']);

async function standingOf(context: ServerContext, { request }: LoadedRequest) {
  const { actor } = context;
  if (!isUndecided(request.state)) {
    const isMine = actor.kind === 'user' && request.requesterId === actor.id;
    const maySettle = actor.kind === 'user' && reachOf(actor.role, 'requests.decide') !== null;
    const waitsForMe = request.state === 'failed' && maySettle && !isMine;
    return { approvals: request.approvalsNeeded, waitsForMe };
  }
  const proposal = proposalOf(request);
  const events = request.state === 'open' && proposal ? await listEvents(context.db, request.id) : [];
  const approvers = proposal ? approversOf(events, request.basisNumber, proposal) : new Set<string>();
  if (actor.kind !== 'user') return { approvals: approvers.size, waitsForMe: false };
  const isOwn = request.requesterId === actor.id;
  const mayDecide = reachOf(actor.role, 'requests.decide') !== null && !isOwn && !approvers.has(actor.id);
  return {
    approvals: approvers.size,
    waitsForMe: request.state === 'asked_back' ? isOwn : mayDecide,
  };
}

/** Requests within reach, those that wait for the viewer first, then newest first; 200 at the most. */
export async function listRequests(
  context: ServerContext,
  { show, kind, teamId }: ListRequestsInput,
): Promise<readonly RequestSummary[]> {
  const teamIds = teamsWithinReach(context, 'requests.read');
  const { id: userId } = requireUser(context);
  const rows = await selectRequests(context.db)
    .where(
      and(
        withinReach(teamIds, userId),
        show === 'open' ? isOpen : undefined,
        show === 'mine' ? eq(requests.requesterId, userId) : undefined,
        kind === null ? undefined : eq(requests.kind, kind),
        teamId === null ? undefined : eq(requests.teamId, teamId),
      ),
    )
    .orderBy(desc(requests.createdAt))
    .limit(MOST_ROWS);
  const told: RequestSummary[] = [];
  for (const row of rows) {
    const loaded = toLoaded(row);
    told.push(summaryOf(loaded, await standingOf(context, loaded)));
  }
  return told.sort((a, b) => Number(b.waitsForMe) - Number(a.waitsForMe));
}

/** How many requests wait for the viewer: a decision, an answer, or another try. None ever waits for a job. */
export async function countWaitingRequests(context: ServerContext): Promise<number> {
  teamsWithinReach(context, 'requests.read');
  const { actor } = context;
  if (actor.kind !== 'user') return 0;
  const { id: userId, role } = actor;
  const mayDecide = reachOf(role, 'requests.decide') !== null;
  const { rows } = await context.db.execute<{ count: number }>(sql`
    select count(*)::int as count from requests r
    where (r.state = 'asked_back' and r.requester_id = ${userId})
      or (${mayDecide} and r.requester_id <> ${userId} and (r.state = 'failed' or (r.state = 'open'
        and not exists (select 1 from request_events e where e.request_id = r.id and e.kind = 'approved'
          and e.actor_id = ${userId} and e.basis_number = r.basis_number
          and e.facts->'grant' = r.granted->'grant'))))`);
  return rows[0]?.count ?? 0;
}
