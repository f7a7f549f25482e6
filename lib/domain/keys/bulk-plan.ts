import { limitFault } from '../limits/decide-limit';
import { capped, isSameLimit, type Limit } from '../limits/limit';
import { isLive } from './key-status';
import type { KeyRow } from './keys-table';

export type BulkTeam = { readonly id: number; readonly name: string };

/** What a person wishes for many keys at once. */
export type BulkWish =
  | { readonly kind: 'limit'; readonly limit: Limit }
  | {
      readonly kind: 'disable';
      /** Sets the lowest cap where the provider cannot disable. */
      readonly isCapInstead: boolean;
    }
  | { readonly kind: 'enable' }
  | { readonly kind: 'team'; readonly team: BulkTeam | null };

/** One change of one key, with what it is now. */
export type BulkStep =
  | { readonly kind: 'limit'; readonly row: KeyRow; readonly to: Limit }
  | { readonly kind: 'disabled'; readonly row: KeyRow; readonly to: boolean }
  | { readonly kind: 'team'; readonly row: KeyRow; readonly to: BulkTeam | null };

export type BulkSkip = { readonly row: KeyRow; readonly reason: string };
export type BulkPlan = { readonly steps: readonly BulkStep[]; readonly skips: readonly BulkSkip[] };

type Decision = BulkStep | string;

/** Why nothing can be changed at the provider; null when something can. */
function unreachable(row: KeyRow): string | null {
  if (row.status === 'deleted') return 'It was deleted.';
  if (row.status === 'gone') return 'It is no longer found at the provider.';
  if (row.connection.state === 'paused') return `${row.connection.name} is paused.`;
  if (row.connection.state === 'removed') return `${row.connection.name} was removed.`;
  return null;
}

function decideLimit(row: KeyRow, limit: Limit): Decision {
  if (isSameLimit(row.limit, limit)) return 'It has this limit already.';
  return limitFault(row.connection.capabilities, limit) ?? { kind: 'limit', row, to: limit };
}

function decideDisable(row: KeyRow, isCapInstead: boolean): Decision {
  const { disable, lowestCap, limitPeriods } = row.connection.capabilities;
  if (!disable.can) {
    return isCapInstead ? decideLimit(row, capped(lowestCap, limitPeriods[0])) : disable.reason;
  }
  return row.isDisabled ? 'It is disabled already.' : { kind: 'disabled', row, to: true };
}

function decideEnable(row: KeyRow): Decision {
  const { disable } = row.connection.capabilities;
  if (!disable.can) return disable.reason;
  return row.isDisabled ? { kind: 'disabled', row, to: false } : 'It is enabled already.';
}

/** A team is Keyward's own matter, so a paused connection does not stand in its way. */
function decideTeam(row: KeyRow, team: BulkTeam | null): Decision {
  if (!isLive(row.status)) return unreachable(row) ?? 'It does not exist any more.';
  return row.team?.id === team?.id ? 'It belongs there already.' : { kind: 'team', row, to: team };
}

function decide(row: KeyRow, wish: BulkWish): Decision {
  if (wish.kind === 'team') return decideTeam(row, wish.team);
  const reason = unreachable(row);
  if (reason !== null) return reason;
  switch (wish.kind) {
    case 'limit':
      return decideLimit(row, wish.limit);
    case 'disable':
      return decideDisable(row, wish.isCapInstead);
    case 'enable':
      return decideEnable(row);
  }
}

/** What would become of each key: a step, or why it is left as it is. */
export function planBulk(rows: readonly KeyRow[], wish: BulkWish): BulkPlan {
  const steps: BulkStep[] = [];
  const skips: BulkSkip[] = [];
  for (const row of rows) {
    const decision = decide(row, wish);
    if (typeof decision === 'string') skips.push({ row, reason: decision });
    else steps.push(decision);
  }
  return { steps, skips };
}
