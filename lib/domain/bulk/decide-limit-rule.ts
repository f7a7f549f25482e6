import type { Capabilities } from '../connections/capabilities';
import { limitFault } from '../limits/decide-limit';
import { capped, isSameLimit, type Limit } from '../limits/limit';
import { addUsd, isPositiveUsd, multiplyUsd, roundUsd, type Usd, usd } from '../money/usd';
import type { LimitPeriod } from '../periods/limit-period';
import type { LimitRule } from './bulk-action';

export type LimitRuleFacts = {
  readonly capabilities: Capabilities;
  readonly limit: Limit;
  /** Spend of the last 30 UTC days; null when no day of them was read. */
  readonly recentSpend: Usd | null;
};

export type RuleDecision =
  | { readonly kind: 'limit'; readonly limit: Limit }
  | { readonly kind: 'skip'; readonly reason: string };

const skip = (reason: string): RuleDecision => ({ kind: 'skip', reason });

/** A cap in whole cents. Nothing at or below zero is ever sent: a limit of zero means opposite things at providers. */
function capOf(amount: Usd, period: LimitPeriod): RuleDecision {
  const cents = roundUsd(amount, 2);
  return isPositiveUsd(cents)
    ? { kind: 'limit', limit: capped(cents, period) }
    : skip('It comes to nothing in whole cents, and a limit of zero is never sent. Set it by hand.');
}

function reckon(rule: LimitRule, { limit, recentSpend }: LimitRuleFacts): RuleDecision {
  switch (rule.by) {
    case 'limit':
      return { kind: 'limit', limit: rule.limit };
    case 'amount':
      return capOf(rule.amount, limit.kind === 'capped' ? limit.period : 'monthly');
    case 'percent':
      if (limit.kind !== 'capped') return skip('It has no cap to start from.');
      return capOf(
        multiplyUsd(limit.amount, multiplyUsd(addUsd(usd(100), usd(rule.percent)), '0.01')),
        limit.period,
      );
    case 'change':
      if (limit.kind !== 'capped') return skip('It has no cap to start from.');
      return capOf(addUsd(limit.amount, rule.amount), limit.period);
    case 'spend':
      if (recentSpend === null) return skip('Its spend of the last 30 days was not read.');
      if (!isPositiveUsd(recentSpend)) return skip('It spent nothing in the last 30 days.');
      return capOf(multiplyUsd(recentSpend, rule.factor), rule.period);
  }
}

/** The new limit of one key under a rule, in whole cents (half up), or why it is left as it is. */
export function decideLimitRule(rule: LimitRule, facts: LimitRuleFacts): RuleDecision {
  const reckoned = reckon(rule, facts);
  if (reckoned.kind === 'skip') return reckoned;
  const fault = limitFault(facts.capabilities, reckoned.limit);
  if (fault !== null) return skip(fault);
  return isSameLimit(facts.limit, reckoned.limit) ? skip('It has this limit already.') : reckoned;
}
