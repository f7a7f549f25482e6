import { addUsd, subtractUsd, type Usd, ZERO_USD } from '../money/usd';

/** Exact sums of one team, connection, key or model. */
export type MemberSums = {
  readonly id: number;
  readonly spend: Usd;
  /** Spend of the range it is compared with. */
  readonly previous: Usd;
  readonly requests: number;
};

/** Members too small to be listed by name, added up. */
export type RestSums = Omit<MemberSums, 'id'> & { readonly count: number };

export const NO_REST: RestSums = { count: 0, spend: ZERO_USD, previous: ZERO_USD, requests: 0 };

/** So many members have a colour of their own. */
export const DRAWN_MEMBERS = 5;

export type FoldedMembers = {
  readonly drawn: readonly MemberSums[];
  /** All others in one, with the larger of them by name; null when there are none. */
  readonly others: (RestSums & { readonly listed: readonly MemberSums[] }) | null;
};

/**
 * The largest members, and all the others as one whose sums are exact. A single other one is not hidden behind
 * "1 other". Members come in order, largest first; `rest` holds those behind them.
 */
export function foldMembers(members: readonly MemberSums[], rest: RestSums): FoldedMembers {
  if (members.length + rest.count <= DRAWN_MEMBERS + 1) return { drawn: members, others: null };
  const listed = members.slice(DRAWN_MEMBERS);
  return {
    drawn: members.slice(0, DRAWN_MEMBERS),
    others: {
      count: listed.length + rest.count,
      spend: addUsd(rest.spend, ...listed.map(({ spend }) => spend)),
      previous: addUsd(rest.previous, ...listed.map(({ previous }) => previous)),
      requests: rest.requests + listed.reduce((sum, { requests }) => sum + requests, 0),
      listed,
    },
  };
}

/** What is left of each day's total when the given series are taken away. */
export function remainderByDay(totals: readonly Usd[], series: readonly (readonly Usd[])[]): Usd[] {
  return totals.map((total, at) => subtractUsd(total, addUsd(...series.map((days) => days[at] ?? ZERO_USD))));
}

/** A relative change; null when there is nothing to compare with. For drawing. */
export function changeShare(spend: Usd, previous: Usd): number | null {
  const before = Number(previous);
  return before > 0 ? Number(subtractUsd(spend, previous)) / before : null;
}
