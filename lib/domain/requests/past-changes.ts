import { isRaise, type Limit } from '../limits/limit';
import { limitSchema } from '../limits/limit-schema';
import { addUsd, type Usd, ZERO_USD } from '../money/usd';
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
  /** False for one before the days that are told of: it only used up its team's envelope of that month. */
  readonly isTold: boolean;
};

export type JudgedChange = { readonly change: PastChange; readonly needs: Needs };

/** A team's envelope is for a UTC month; teams that do not differ have one of their own all the same. */
function envelopeOf({ teamId, at }: PastChange): string {
  return `${teamId} ${at.slice(0, 7)}`;
}

/**
 * What these rules would have asked for on each change, in the order given. They are run forward in time: a raise
 * that would have needed nobody uses up its team's envelope of that UTC month, so that many small raises add up as
 * they would have. Everyone is taken to have asked for exactly what was changed, and no team's budget to be spent.
 */
export function judgePastChanges(
  changes: readonly PastChange[],
  everyone: RequestRules,
  teams: ReadonlyMap<number, TeamRequestRules>,
): readonly JudgedChange[] {
  const used = new Map<string, Usd>();
  const judged = new Map<string, JudgedChange>();
  for (const change of changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const own = change.teamId === null ? null : (teams.get(change.teamId) ?? null);
    const envelope = envelopeOf(change);
    const needs = decideNeeds({
      grant: change.grant,
      current: change.current,
      rules: rulesOfTeam(everyone, own),
      hasTeam: change.teamId !== null,
      envelopeUsed: used.get(envelope) ?? ZERO_USD,
      isBudgetUsedUp: false,
    });
    if (needs.reason === 'within_envelope') {
      used.set(envelope, addUsd(used.get(envelope) ?? ZERO_USD, needs.raise ?? ZERO_USD));
    }
    judged.set(change.id, { change, needs });
  }
  return changes.flatMap(({ id, isTold }) => (isTold ? (judged.get(id) ?? []) : []));
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
  /** When the raise ends whose step it was; null for a change for good. */
  readonly raiseEndsAt?: Date | null;
}): { readonly grant: Grant; readonly current: Limit | null } | null {
  const grant = grantSchema.safeParse(
    row.kind === 'set_limit'
      ? { kind: 'limit', limit: limitIn(row.wish), until: row.raiseEndsAt?.toISOString() ?? null }
      : row.kind === 'create_key'
        ? { kind: 'new_key', limit: limitIn(row.wish) }
        : { kind: row.kind },
  );
  if (!grant.success) return null;
  const current = limitIn(row.before);
  if (grant.data.kind === 'limit') {
    if (current === null) return null;
    // The end of a raise: nobody asks for that.
    if (grant.data.until !== null && !isRaise(current, grant.data.limit)) return null;
  }
  return { grant: grant.data, current };
}
