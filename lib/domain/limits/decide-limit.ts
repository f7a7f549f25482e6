import type { Capabilities } from '../connections/capabilities';
import { isSameLimit, type Limit } from './limit';

export type LimitSetting = { readonly limit: Limit; readonly includeByokInLimit: boolean | null };

export type LimitWish = {
  /** What the person saw when the form opened. */
  readonly seen: LimitSetting;
  readonly limit?: Limit | undefined;
  readonly includeByokInLimit?: boolean | undefined;
};

export type LimitDecision =
  | {
      readonly kind: 'allowed';
      /** Only what differs from the current setting. */
      readonly patch: { readonly limit?: Limit; readonly includeByokInLimit?: boolean };
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unsupported'; readonly field: 'limit' | 'includeByokInLimit'; readonly reason: string }
  | { readonly kind: 'stale'; readonly seen: LimitSetting; readonly current: LimitSetting };

/** Why the connection cannot hold this limit; null when it can. */
export function limitFault(capabilities: Capabilities, limit: Limit): string | null {
  if (limit.kind === 'blocked')
    return capabilities.blockedLimit.can ? null : capabilities.blockedLimit.reason;
  if (limit.kind === 'unlimited') return null;
  return capabilities.limitPeriods.includes(limit.period)
    ? null
    : `This provider has no ${limit.period} limits: only ${capabilities.limitPeriods.join(', ')}.`;
}

function isSameSetting(a: LimitSetting, b: LimitSetting): boolean {
  return isSameLimit(a.limit, b.limit) && (a.includeByokInLimit ?? false) === (b.includeByokInLimit ?? false);
}

/**
 * What becomes of a wish for another limit. Overwrites nothing that the person has not seen, and keeps
 * only what was edited.
 */
export function decideLimit(
  capabilities: Capabilities,
  current: LimitSetting,
  wish: LimitWish,
): LimitDecision {
  if (!isSameSetting(current, wish.seen)) return { kind: 'stale', seen: wish.seen, current };
  if (wish.limit) {
    const reason = limitFault(capabilities, wish.limit);
    if (reason) return { kind: 'unsupported', field: 'limit', reason };
  }
  if (wish.includeByokInLimit !== undefined && !capabilities.byokInLimit.can) {
    return { kind: 'unsupported', field: 'includeByokInLimit', reason: capabilities.byokInLimit.reason };
  }
  const patch = {
    ...(wish.limit && !isSameLimit(wish.limit, current.limit) ? { limit: wish.limit } : {}),
    ...(wish.includeByokInLimit !== undefined &&
    wish.includeByokInLimit !== (current.includeByokInLimit ?? false)
      ? { includeByokInLimit: wish.includeByokInLimit }
      : {}),
  };
  return Object.keys(patch).length === 0 ? { kind: 'unchanged' } : { kind: 'allowed', patch };
}
