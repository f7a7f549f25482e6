import type { Capabilities } from '../connections/capabilities';
import { capped, isRaise, type Limit } from '../limits/limit';
import { compareUsd, type Usd } from '../money/usd';
import type { BulkAction } from './bulk-action';
import type { BulkBefore, BulkWish } from './bulk-item';
import { decideLimitRule } from './decide-limit-rule';

/** One key as a bulk change sees it. */
export type BulkKey = BulkBefore & {
  readonly keyId: number;
  readonly name: string;
  readonly connectionName: string;
  readonly connectionState: 'active' | 'paused' | 'removed';
  readonly capabilities: Capabilities;
  readonly isDeleted: boolean;
  readonly isGone: boolean;
  readonly recentSpend: Usd | null;
  /** What its cap's current window has used up; null when that is not known. */
  readonly used: Usd | null;
  /** Requests today or yesterday, or a use in the last 24 hours. */
  readonly isInUse: boolean;
  /** A change of it has no certain outcome yet. */
  readonly hasOpenChange: boolean;
  /** The management key that Keyward itself uses. */
  readonly isOwnKey: boolean;
  /** It was deleted already, and its grace period runs. */
  readonly isBeingDeleted: boolean;
};

export type BulkDecision =
  | { readonly kind: 'change'; readonly wish: BulkWish; readonly means: string }
  | { readonly kind: 'skip'; readonly reason: string };

const OWN_KEY = 'It is Keyward’s own key: without it nothing there could be read or changed.';

const skip = (reason: string): BulkDecision => ({ kind: 'skip', reason });

/** Why nothing can be changed at the provider; null when something can. */
function unreachable(key: BulkKey): string | null {
  if (key.connectionState === 'paused') return `${key.connectionName} is paused.`;
  if (key.connectionState === 'removed') return `${key.connectionName} was removed.`;
  return key.hasOpenChange ? 'A change of it has no certain outcome yet.' : null;
}

function limitMeans(key: BulkKey, to: Limit): string {
  if (to.kind === 'unlimited') return 'Nothing would stop it.';
  if (to.kind === 'blocked') return 'Every request on it fails.';
  const isSameWindow = key.limit.kind === 'capped' && key.limit.period === to.period;
  if (isSameWindow && key.used !== null && compareUsd(key.used, to.amount) >= 0) {
    return 'It stops at once: it has used up as much already.';
  }
  return isRaise(key.limit, to) ? 'May spend more than now.' : 'May spend less than now.';
}

function decideLimit(key: BulkKey, action: Extract<BulkAction, { kind: 'set_limit' }>): BulkDecision {
  const decision = decideLimitRule(action.rule, key);
  if (decision.kind === 'skip') return decision;
  const { limit } = decision;
  return { kind: 'change', wish: { kind: 'set_limit', limit }, means: limitMeans(key, limit) };
}

function decideDisable(key: BulkKey, isCapInstead: boolean): BulkDecision {
  const { disable, lowestCap, limitPeriods } = key.capabilities;
  if (!disable.can) {
    if (!isCapInstead) return skip(disable.reason);
    const limit = capped(lowestCap, limitPeriods[0]);
    return decideLimit(key, { kind: 'set_limit', rule: { by: 'limit', limit } });
  }
  if (key.isOwnKey) return skip(OWN_KEY);
  if (key.isDisabled) return skip('It is disabled already.');
  const means = key.isInUse ? 'It is in use: every request on it fails.' : 'Every request on it fails.';
  return { kind: 'change', wish: { kind: 'disable' }, means };
}

function decideEnable(key: BulkKey): BulkDecision {
  const { disable } = key.capabilities;
  if (!disable.can) return skip(disable.reason);
  return key.isDisabled
    ? { kind: 'change', wish: { kind: 'enable' }, means: 'It can spend again.' }
    : skip('It is enabled already.');
}

/** The same rules as for one key: a way back where the provider can disable. */
function decideDelete(key: BulkKey): BulkDecision {
  if (key.isOwnKey) return skip(OWN_KEY);
  const isFinal = !key.capabilities.disable.can;
  if (!isFinal && key.isBeingDeleted) return skip('It waits for its deletion already.');
  const end = isFinal ? 'This is final.' : 'Disabled now, deleted after the grace period.';
  return {
    kind: 'change',
    wish: { kind: 'delete', isFinal },
    means: key.isInUse ? `It is in use: what uses it stops. ${end}` : end,
  };
}

/** Who a key belongs to is Keyward's own matter, so a paused connection does not stand in its way. */
function decideAssign(key: BulkKey, action: Extract<BulkAction, { kind: 'assign' }>): BulkDecision {
  const { teamId, ownerId } = action;
  const isSame =
    (teamId === undefined || teamId === key.teamId) && (ownerId === undefined || ownerId === key.ownerId);
  if (isSame) return skip('It belongs there already.');
  return {
    kind: 'change',
    wish: {
      kind: 'assign',
      ...(teamId === undefined ? {} : { teamId }),
      ...(ownerId === undefined ? {} : { ownerId }),
    },
    means: key.teamId === null ? 'Its past spend counts there too.' : 'Spend counts there from today on.',
  };
}

/** What becomes of one key, and what that means; or why it is left as it is. */
export function decideBulk(action: BulkAction, key: BulkKey): BulkDecision {
  if (key.isDeleted) return skip('It was deleted.');
  if (key.isGone) return skip('It is no longer found at the provider.');
  if (action.kind === 'assign') return decideAssign(key, action);
  const reason = unreachable(key);
  if (reason !== null) return skip(reason);
  switch (action.kind) {
    case 'set_limit':
      return decideLimit(key, action);
    case 'disable':
      return decideDisable(key, action.isCapInstead);
    case 'enable':
      return decideEnable(key);
    case 'delete':
      return decideDelete(key);
  }
}

/** The words to type before so many keys in use are deleted; null when nothing need be typed. */
export function deleteConfirmation(action: BulkAction, changes: number, inUse: number): string | null {
  return action.kind === 'delete' && inUse > 0 ? `delete ${changes} ${changes === 1 ? 'key' : 'keys'}` : null;
}
