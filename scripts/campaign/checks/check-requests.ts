import { z } from 'zod';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import { isRaise, type Limit } from '@/lib/domain/limits/limit';
import { isUndecided } from '@/lib/domain/requests/request';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { checkEnvelopes } from './check-envelopes';
import { type AskedRequest, type Evidence, isApplied, tellChange } from './evidence';

const factsSchema = z.object({ grant: z.unknown() });

/** A month counts as 31 days; a limit that never starts anew counts whole. */
const A_MONTH = { daily: 31, weekly: 4.43, monthly: 1, total: 1 } as const;

/** What is wrong with one request, in words; nothing when all is as it was approved and told. */
export function faultsOf(
  asked: AskedRequest,
  incidents: readonly Pick<Evidence['incidents'][number], 'changeId' | 'resolvedAt'>[],
): readonly string[] {
  return [...doneFaults(asked), ...approvalFaults(asked), ...recordFaults(asked, incidents)];
}

/** What was approved, whole or less, is done exactly once or says why not; nothing is done that was not approved. */
export function checkRequests(evidence: Evidence): void {
  const { tally } = evidence.world;
  for (const asked of evidence.requests) {
    for (const fault of faultsOf(asked, evidence.incidents)) {
      tally.violate('an approved request is done exactly once, or says why not', `${fault}: ${tell(asked)}`);
    }
  }
  checkEnvelopes(evidence);
}

function tell({ request, events, changes, raises, audit }: AskedRequest): string {
  const { id, kind, state, basisNumber, granted, basis, failure, changeId } = request;
  const steps = events.map((event) => `${event.kind}@${event.basisNumber}`).join(' ');
  const grant = granted?.grant ?? null;
  const facts = JSON.stringify({ id, kind, state, basisNumber, grant, basis, failure, changeId });
  const overs = raises.map((raise) => `raise ${raise.id} ${raise.state}`);
  return `${facts}; ${steps}; ${audit.join(' ')}\n    ${[...overs, ...changes.map(tellChange)].join('\n    ')}`;
}

/** How often it took effect: by the ledger's writes that set what it is about, and by what needs no provider. */
function timesDone({ request, changes, raises, audit }: AskedRequest): number {
  const applied = changes.filter(isApplied);
  const count = (action: string) => audit.filter((each) => each === action).length;
  switch (request.kind) {
    case 'new_key':
      // One whose secret nobody saw was removed again.
      return applied.filter(({ kind, state }) => kind === 'create_key' && state === 'applied').length;
    case 'enable_key':
      return applied.filter(({ kind }) => kind === 'enable_key').length;
    case 'take_over':
      return count('key.assign');
    case 'limit': {
      const held = raises.filter(({ state }) => state !== 'cancelled' && state !== 'planned');
      if (request.granted?.grant.kind === 'limit' && request.granted.grant.until !== null) return held.length;
      const base = count('raise.set_base');
      const direct = applied.filter(({ kind }) => kind === 'set_limit').length;
      return Math.max(base, direct, held.length);
    }
  }
}

function doneFaults(asked: AskedRequest): string[] {
  const { request, handOver } = asked;
  const done = timesDone(asked);
  const faults: string[] = [];
  if (request.state === 'applied' && done !== 1) faults.push(`in effect, but done ${done} times`);
  if (request.state !== 'applied' && done > 0) faults.push(`${request.state}, but done ${done} times`);
  if (request.state === 'applied' && request.kind === 'new_key') {
    const isSealed = handOver?.recipientId === request.requesterId && handOver.isSignInNeeded;
    if (!isSealed || handOver.keyId !== request.keyId) faults.push('its secret is not sealed to who asked');
    if (handOver?.collectedBy && handOver.collectedBy !== request.requesterId) {
      faults.push('its secret was picked up by someone else');
    }
  }
  return faults;
}

function monthly(limit: Limit): number {
  if (limit.kind === 'unlimited') return Number.POSITIVE_INFINITY;
  return limit.kind === 'blocked' ? 0 : Number(limit.amount) * A_MONTH[limit.period];
}

/** How many people must agree, reckoned anew from what the request itself says was shown. */
function peopleNeeded({ basis }: AskedRequest['request'], grant: Grant): number {
  const { twoAbove } = basis.rules;
  const limit = grant.kind === 'limit' || grant.kind === 'new_key' ? grant.limit : null;
  if (limit === null || twoAbove === null) return 1;
  const current = grant.kind === 'limit' ? (basis.key?.limit ?? null) : null;
  if (current !== null && !isRaise(current, limit)) return 1;
  return monthly(limit) > Number(twoAbove) ? 2 : 1;
}

/** Whatever was sent was agreed to before: on that basis, for exactly that, by enough people but the one who asked. */
function approvalFaults({ request, events }: AskedRequest): string[] {
  const faults: string[] = [];
  const isOwn = events.some(({ kind, actorId }) => kind === 'approved' && actorId === request.requesterId);
  if (isOwn) faults.push('approved by who asked');
  const sent = events.filter(({ kind }) => kind === 'sent');
  if (sent.length === 0 && request.state === 'applied') faults.push('in effect without ever being sent');
  const last = sent.at(-1);
  const grant = request.granted?.grant;
  if (!last || !grant || last.basisNumber !== request.basisNumber) return faults;
  const before = events.filter(({ id, basisNumber }) => id < last.id && basisNumber === last.basisNumber);
  if (before.some(({ kind }) => kind === 'approved_by_rule')) return faults;
  const people = new Set(
    before
      .filter(({ kind, facts }) => {
        const told = factsSchema.safeParse(facts);
        return kind === 'approved' && told.success && canonicalJson(told.data.grant) === canonicalJson(grant);
      })
      .map(({ actorId }) => actorId),
  );
  const needed = peopleNeeded(request, grant);
  if (people.size < needed) faults.push(`sent with ${people.size} of ${needed} who must agree`);
  return faults;
}

/** What is told of it is true: each end on record once, failures with their reason, nothing left in the air. */
function recordFaults(
  { request, events, audit }: AskedRequest,
  incidents: Parameters<typeof faultsOf>[1],
): string[] {
  const faults: string[] = [];
  const isAsked = incidents.some(
    ({ changeId, resolvedAt }) => changeId !== null && changeId === request.changeId && resolvedAt === null,
  );
  if (request.state === 'approved' && !isAsked) faults.push('approved, and neither done nor failed');
  if (request.state === 'failed' && request.failure === null) faults.push('failed without a reason');
  if (isUndecided(request.state) && events.at(-1)?.kind === 'sent')
    faults.push('sent, and asked again silently');
  const ends = {
    applied: 'request.apply',
    declined: 'request.decline',
    withdrawn: 'request.withdraw',
  } as const;
  for (const [state, action] of Object.entries(ends)) {
    const told = audit.filter((each) => each === action).length;
    if (told !== (request.state === state ? 1 : 0)) faults.push(`${told} times ${action} in the audit log`);
  }
  const steps = events.filter(({ kind }) => kind === 'applied').length;
  if (steps !== (request.state === 'applied' ? 1 : 0)) faults.push(`told ${steps} times as in effect`);
  return faults;
}
