import type { Limit } from '@/lib/domain/limits/limit';
import { multiplyUsd } from '@/lib/domain/money/usd';
import { isUndecided } from '@/lib/domain/requests/request';
import type { Grant } from '@/lib/domain/requests/request-wish';
import type { RequestRow } from '@/lib/server/requests/request-row';
import { drawLimit, ownAmount } from './amounts';
import { inMinutes, type Operation, pickOften, type Slot, vendorOf } from './sight';
import type { World } from './world';

// Several leads ask, several admins decide, often at once on the same request.

type Asker = World['leads'][number];

function drawChange(slot: Slot): Record<string, unknown> {
  const { random } = slot;
  const draw = random.next();
  const small = ((slot.serial() % 900) + 100) / 100;
  if (draw < 0.45) return { by: 'amount', amount: String(small) };
  if (draw < 0.6) return { by: 'amount', amount: String(ownAmount(slot)) };
  if (draw < 0.7) return { by: 'limit', limit: { kind: 'unlimited' } };
  const amount = ownAmount(slot) + (draw < 0.8 ? 2_000 : 0);
  return { by: 'limit', limit: { kind: 'capped', amount: amount.toFixed(2), period: 'monthly' } };
}

function drawLimitWish(slot: Slot, asker: Asker): Record<string, unknown> | null {
  const { world, sight, random } = slot;
  const key = pickOften(
    random,
    sight.keys.filter(({ teamId }) => teamId !== null && asker.teamIds.includes(teamId)),
  );
  const until = random.next() < 0.4 ? inMinutes(world, random.pick([3, 10, 40, 180])) : null;
  return key && { kind: 'limit', keyId: key.id, change: drawChange(slot), until };
}

function drawNewKeyWish(slot: Slot, asker: Asker): Record<string, unknown> {
  const vendor = slot.random.pick(slot.world.vendors);
  return {
    kind: 'new_key',
    connectionId: vendor.connectionId,
    name: `asked-${slot.serial()}`,
    limit: drawLimit(slot, vendor),
    teamId: slot.random.pick(asker.teamIds),
  };
}

function drawKeyWish({ world, sight, random }: Slot, asker: Asker): Record<string, unknown> | null {
  const theirs = sight.keys.filter(({ teamId }) => teamId !== null && asker.teamIds.includes(teamId));
  if (random.next() < 0.6) {
    const off = theirs.filter(
      ({ isDisabled, connectionId }) => isDisabled && vendorOf(world, connectionId).provider === 'openrouter',
    );
    const key = pickOften(random, off);
    return key && { kind: 'enable_key', keyId: key.id };
  }
  const key = pickOften(random, theirs);
  return key && { kind: 'take_over', keyId: key.id, teamId: random.pick(asker.teamIds) };
}

/** A lead asks for a key of their teams; now and then an admin asks too, who must not decide on it. */
export function drawAsk(slot: Slot): Operation | null {
  const { world, random } = slot;
  const asAdmin = { id: random.pick(world.people), teamIds: world.teams };
  const asker = random.next() < 0.85 ? random.pick(world.leads) : asAdmin;
  const draw = random.next();
  // Told apart by its reason in the ledger, whatever the request is tied to there.
  const reason = `Campaign ${slot.serial()}`;
  const wish =
    draw < 0.6
      ? drawLimitWish(slot, asker)
      : draw < 0.82
        ? drawNewKeyWish(slot, asker)
        : drawKeyWish(slot, asker);
  if (wish === null) return null;
  return { verb: 'ask', label: `ask for ${wish.kind}`, actorId: asker.id, input: { wish, reason } };
}

function halfOf(limit: Limit, from: Limit | null): Limit {
  if (limit.kind !== 'capped') return limit;
  if (from?.kind === 'capped' && from.period === limit.period) {
    const sum = Number(from.amount) + Number(limit.amount);
    return { ...limit, amount: multiplyUsd(limit.amount, (sum / 2 / Number(limit.amount)).toFixed(6)) };
  }
  return { ...limit, amount: multiplyUsd(limit.amount, '0.5') };
}

/** A smaller amount, or half the time. */
function lessOf(world: World, grant: Grant, { basis }: RequestRow): Grant {
  if (grant.kind === 'new_key') return { ...grant, limit: halfOf(grant.limit, null) };
  if (grant.kind !== 'limit') return grant;
  if (grant.until === null) return { ...grant, limit: halfOf(grant.limit, basis.key?.limit ?? null) };
  const now = world.now().getTime();
  return { ...grant, until: new Date((now + Date.parse(grant.until)) / 2).toISOString() };
}

function drawApproval({ world, random }: Slot, request: RequestRow): Operation | null {
  const whole = request.granted?.grant ?? request.basis.grant;
  if (whole === null) return null;
  const isLess = random.next() < 0.2;
  const grant = isLess ? lessOf(world, whole, request) : whole;
  const input = { requestId: request.id, basisNumber: request.basisNumber, grant, words: '' };
  const label = isLess ? 'approve less' : 'approve';
  return { verb: 'approve', label, actorId: random.pick(world.people), input };
}

/** Someone approves, declines, asks back, answers, comments or withdraws; rarely who must not. */
export function drawDecision(slot: Slot): Operation | null {
  const { world, sight, random } = slot;
  const request = pickOften(
    random,
    sight.requests.filter(({ state }) => isUndecided(state)),
  );
  if (request === null) return null;
  const draw = random.next();
  if (draw < 0.72) return drawApproval(slot, request);
  const input = { requestId: request.id, words: 'Campaign' };
  const isAsked = request.state === 'asked_back';
  const [verb, isTheirs] =
    draw < 0.8
      ? (['decline', false] as const)
      : draw < 0.88
        ? ([isAsked ? 'answer' : 'ask back', isAsked] as const)
        : draw < 0.94
          ? (['withdraw', true] as const)
          : (['comment', true] as const);
  return { verb, label: verb, actorId: isTheirs ? request.requesterId : random.pick(world.people), input };
}

export function drawRequestRetry({ sight, random }: Slot): Operation | null {
  const stuck = sight.requests.filter(
    ({ state, failure }) => state === 'failed' || (state === 'approved' && failure !== null),
  );
  const request = pickOften(random, stuck);
  return request && { verb: 'retry request', label: 'retry request', input: { requestId: request.id } };
}

/** The secret of a granted key is picked up by who asked for it; somebody else tries and must not get it. */
export function drawCollectAsked({ world, sight, random }: Slot): Operation | null {
  const ready = sight.requests.filter(({ granted }) => granted?.handOver !== undefined);
  const request = pickOften(
    random,
    ready.filter(({ id }) => !world.collected.has(id)),
  );
  if (request === null) return null;
  const actorId = random.next() < 0.8 ? request.requesterId : random.pick(world.people);
  return {
    verb: 'collect asked',
    label: 'collect asked',
    actorId,
    secretOf: request.requesterId,
    input: { requestId: request.id },
  };
}

/** An admin sets other rules: whoever decides on what was shown before is asked again. */
export function drawRules({ world, random }: Slot): Operation {
  const everyone = {
    twoAbove: random.pick([null, '400', '1500']),
    envelope: random.pick([null, '20', '80']),
    smallRaise: random.pick([null, '6', '20']),
    isLoweringFree: random.next() < 0.3,
    lapseDays: random.pick([1, 3, 14]),
  };
  const [teamId] = world.teams;
  const teams = random.next() < 0.5 ? [{ teamId, rules: { envelope: '200' } }] : [];
  return { verb: 'rules', label: 'rules', input: { everyone, teams } };
}
