import type { Limit } from '../limits/limit';
import { limitSchema } from '../limits/limit-schema';
import { ZERO_USD } from '../money/usd';
import { decideNeeds, type Needs } from './decide-needs';
import { type RequestRules, rulesOfTeam, type TeamRequestRules } from './request-rules';
import { type Grant, grantSchema } from './request-wish';

/** A change of the ledger that could have been asked for. */
export type PastChange = {
  readonly id: string;
  readonly at: string;
  readonly actorName: string;
  readonly keyId: number | null;
  readonly keyName: string;
  readonly teamId: number | null;
  readonly teamName: string | null;
  readonly current: Limit | null;
  readonly grant: Grant;
};

export type JudgedChange = { readonly change: PastChange; readonly needs: Needs };

/**
 * What these rules would have asked for on each change, each by itself: a month's envelope counts as untouched,
 * since it is not known who would have asked.
 */
export function judgePastChanges(
  changes: readonly PastChange[],
  everyone: RequestRules,
  teams: ReadonlyMap<number, TeamRequestRules>,
): readonly JudgedChange[] {
  return changes.map((change) => {
    const own = change.teamId === null ? null : (teams.get(change.teamId) ?? null);
    const needs = decideNeeds({
      grant: change.grant,
      current: change.current,
      rules: rulesOfTeam(everyone, own),
      hasTeam: change.teamId !== null,
      envelopeUsed: ZERO_USD,
      isBudgetUsedUp: false,
    });
    return { change, needs };
  });
}

function limitIn(record: unknown): Limit | null {
  const value = typeof record === 'object' && record !== null && 'limit' in record ? record.limit : null;
  return limitSchema.safeParse(value).data ?? null;
}

/** What a ledger row would have been as a request; null for one that nobody could have asked for. */
export function grantOfChange(row: {
  readonly kind: string;
  readonly before: unknown;
  readonly wish: unknown;
}): { readonly grant: Grant; readonly current: Limit | null } | null {
  const grant = grantSchema.safeParse(
    row.kind === 'set_limit'
      ? { kind: 'limit', limit: limitIn(row.wish) }
      : row.kind === 'create_key'
        ? { kind: 'new_key', limit: limitIn(row.wish) }
        : { kind: row.kind },
  );
  if (!grant.success) return null;
  const current = limitIn(row.before);
  if (grant.data.kind === 'limit' && current === null) return null;
  return { grant: grant.data, current };
}
