import { isRaise, type Limit } from '../limits/limit';
import { compareUsd, multiplyUsd, subtractUsd, type Usd, usd, ZERO_USD } from '../money/usd';
import type { LimitPeriod } from '../periods/limit-period';
import type { RequestRules } from './request-rules';
import type { Grant } from './request-wish';

/** Why so many people are needed; words for it stand in `lib/words/request-words.ts`. */
export type NeedReason =
  | 'above_amount'
  | 'no_limit'
  | 'within_envelope'
  | 'envelope_used_up'
  | 'more_than_small'
  | 'budget_used_up'
  | 'not_comparable'
  | 'stopped'
  | 'no_team'
  | 'lowering_free'
  | 'lowering'
  | 'ordinary';

export type Needs = {
  readonly approvals: 0 | 1 | 2;
  readonly reason: NeedReason;
  /** What it adds to a month, in dollars; null where there is no telling. */
  readonly raise: Usd | null;
  /** What was left of the team's envelope before; null where there is none. */
  readonly envelopeLeft: Usd | null;
};

export type NeedsFacts = {
  readonly grant: Grant;
  /** The key's limit as it is; null for a new key. */
  readonly current: Limit | null;
  readonly rules: Pick<RequestRules, 'twoAbove' | 'envelope' | 'smallRaise' | 'isLoweringFree'>;
  readonly hasTeam: boolean;
  /** What the team's self-approved raises added up to this UTC month. */
  readonly envelopeUsed: Usd;
  /** Whether the team has a monthly budget and has spent it. */
  readonly isBudgetUsedUp: boolean;
};

/** The lowest cap: how a key is stopped whose provider cannot disable it. */
export const STOPPING_CAP = usd('0.01');

/** A month counts as 31 days. A limit that never starts anew counts whole. */
const PER_MONTH: Record<LimitPeriod, string> = { daily: '31', weekly: '4.43', monthly: '1', total: '1' };

/** What a limit lets a key spend in a month, in dollars; null for no limit at all. */
export function monthlyOf(limit: Limit): Usd | null {
  switch (limit.kind) {
    case 'unlimited':
      return null;
    case 'blocked':
      return ZERO_USD;
    case 'capped':
      return multiplyUsd(limit.amount, PER_MONTH[limit.period]);
  }
}

function raiseOf(from: Limit, to: Limit): Usd | null {
  const [was, will] = [monthlyOf(from), monthlyOf(to)];
  if (was === null || will === null) return null;
  return compareUsd(will, was) > 0 ? subtractUsd(will, was) : ZERO_USD;
}

function isAbove(limit: Limit, amount: Usd | null): boolean {
  if (amount === null) return false;
  const monthly = monthlyOf(limit);
  return monthly === null || compareUsd(monthly, amount) > 0;
}

function envelopeReason(facts: NeedsFacts, to: Limit, raise: Usd | null, left: Usd): NeedReason {
  const { current, rules } = facts;
  if (!facts.hasTeam) return 'no_team';
  if (current?.kind !== 'capped' || to.kind !== 'capped' || current.period !== to.period || raise === null) {
    return to.kind === 'unlimited' ? 'no_limit' : 'not_comparable';
  }
  if (compareUsd(current.amount, STOPPING_CAP) <= 0) return 'stopped';
  if (facts.isBudgetUsedUp) return 'budget_used_up';
  if (rules.smallRaise !== null && compareUsd(raise, rules.smallRaise) > 0) return 'more_than_small';
  return compareUsd(raise, left) > 0 ? 'envelope_used_up' : 'within_envelope';
}

function needsOfRaise(facts: NeedsFacts, to: Limit): Needs {
  const { current, rules } = facts;
  const raise = current ? raiseOf(current, to) : monthlyOf(to);
  const left = rules.envelope && subtractUsd(rules.envelope, facts.envelopeUsed);
  const told = { raise, envelopeLeft: left };
  if (isAbove(to, rules.twoAbove)) {
    return { approvals: 2, reason: to.kind === 'unlimited' ? 'no_limit' : 'above_amount', ...told };
  }
  if (current !== null && left !== null) {
    const reason = envelopeReason(facts, to, raise, left);
    return { approvals: reason === 'within_envelope' ? 0 : 1, reason, ...told };
  }
  return { approvals: 1, reason: to.kind === 'unlimited' ? 'no_limit' : 'ordinary', ...told };
}

/**
 * How many people must agree before it is carried out, and why: none, one or two. The one who asks is never among
 * them. "No limit" counts as a raise above any amount. Small raises of a team's capped keys need nobody while its
 * monthly envelope holds and its budget is not spent, unless the key is stopped by the lowest cap, perhaps because
 * nobody holds its secret; a lower limit needs one unless the rules say nobody.
 */
export function decideNeeds(facts: NeedsFacts): Needs {
  const { grant, current, rules } = facts;
  const nothing = { raise: ZERO_USD, envelopeLeft: null };
  switch (grant.kind) {
    case 'limit':
      if (current === null || isRaise(current, grant.limit)) return needsOfRaise(facts, grant.limit);
      return rules.isLoweringFree
        ? { approvals: 0, reason: 'lowering_free', ...nothing }
        : { approvals: 1, reason: 'lowering', ...nothing };
    case 'new_key':
      return needsOfRaise({ ...facts, current: null }, grant.limit);
    case 'enable_key':
    case 'take_over':
      return { approvals: 1, reason: 'ordinary', ...nothing };
  }
}
