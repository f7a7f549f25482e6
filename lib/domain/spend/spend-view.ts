import { subtractUsd, type Usd } from '../money/usd';
import { addDays, daysBetween, eachDay, type UtcDay } from '../periods/utc-day';
import { changeShare } from './fold-members';
import type { SpendDayState, SpendGap } from './spend-coverage';
import type { SpendDimension } from './spend-query';
import type { SpendRange } from './spend-range';

/** Figures of a team, connection, key or model; money is exact. */
export type SpendFigures = {
  readonly spend: Usd;
  readonly previous: Usd;
  readonly requests: number;
  /** Keys held now; null where that says nothing. */
  readonly keys: number | null;
};

export type SpendMember = SpendFigures & {
  /** 0 is "no team", or a model that the provider does not tell. */
  readonly id: number;
  readonly label: string;
  /** A second, quiet line. */
  readonly detail: string | null;
  /** Whether the actor can open it: a key that left a lead's teams cannot be opened any more. */
  readonly isOpen: boolean;
};

/** One colour of the chart and one line of the table. */
export type SpendSeries = SpendFigures & {
  /** Null for all others together. */
  readonly member: SpendMember | null;
  readonly label: string;
  /** Exact spend of each known day of the range, in order. */
  readonly days: readonly Usd[];
  readonly forecast: {
    readonly monthEnd: Usd;
    /** Dollars of each day ahead, for drawing. */
    readonly days: readonly number[];
    /** What today and days not read whole are expected to add, for drawing. */
    readonly carried: number;
  } | null;
};

/** Everything that the spend page draws: chart, table and headline come from the same figures. */
export type SpendView = {
  /** ISO instant. */
  readonly asOf: string;
  readonly today: UtcDay;
  readonly by: SpendDimension;
  readonly range: SpendRange;
  /** The last day with figures: the range's end, or today. */
  readonly until: UtcDay;
  readonly previous: SpendRange & {
    /** Days of it that are not known whole: then the comparison is not exact. */
    readonly unknownDays: number;
  };
  /** One a day from the range's first day to `until`: f final, t today, p partial, m missing. */
  readonly states: string;
  readonly gaps: readonly SpendGap[];
  readonly total: SpendFigures;
  readonly series: readonly SpendSeries[];
  /** The larger ones of "all others", by name. */
  readonly others: readonly SpendMember[];
  readonly forecast: { readonly monthEnd: Usd; readonly band: Usd; readonly knownDays: number } | null;
};

/** With more unknown days than this share, a comparison would mislead. */
const MOST_UNKNOWN = 0.1;

export function isComparable({ previous }: Pick<SpendView, 'previous'>): boolean {
  return previous.unknownDays <= MOST_UNKNOWN * (daysBetween(previous.from, previous.to) + 1);
}

/** The change against the days compared with; null when there was nothing, or too little of it is known. */
export function comparedShare(
  view: Pick<SpendView, 'previous'>,
  { spend, previous }: Pick<SpendFigures, 'spend' | 'previous'>,
): number | null {
  return isComparable(view) ? changeShare(spend, previous) : null;
}

/** How much more was spent than in the days compared with; null when too little of these is known. */
export function comparedAmount(
  view: Pick<SpendView, 'previous'>,
  { spend, previous }: Pick<SpendFigures, 'spend' | 'previous'>,
): Usd | null {
  return isComparable(view) ? subtractUsd(spend, previous) : null;
}

const STATE_MARKS: Record<SpendDayState, string> = { final: 'f', today: 't', partial: 'p', missing: 'm' };
const STATES = new Map(Object.entries(STATE_MARKS).map(([state, mark]) => [mark, state as SpendDayState]));

export function writeStates(states: readonly SpendDayState[]): string {
  return states.map((state) => STATE_MARKS[state]).join('');
}

export type SpendDay = { readonly day: UtcDay; readonly state: SpendDayState };

/** The days that have figures, or should have. */
export function spendDays(view: SpendView): SpendDay[] {
  return eachDay(view.range.from, view.until).map((day, at) => ({
    day,
    state: STATES.get(view.states.charAt(at)) ?? 'missing',
  }));
}

/** The days ahead that are forecast; none without a forecast. */
export function forecastDays(view: SpendView): UtcDay[] {
  return view.forecast === null ? [] : eachDay(addDays(view.until, 1), view.range.to);
}
