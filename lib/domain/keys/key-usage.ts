import { addUsd, type Usd, usdToNumber, ZERO_USD } from '../money/usd';
import type { UtcDay } from '../periods/utc-day';
import type { CountedDays, KeyDay } from './key-days';

/** What a key did with one model on one UTC day; the model is null where the provider does not tell it. */
export type KeyModelFact = {
  readonly day: UtcDay;
  readonly model: string | null;
  readonly requests: number;
  readonly spend: Usd;
};

/** Series for drawing: one a model, the largest first, the rest as one. */
export type KeyUsageSeries = {
  readonly label: string;
  /** By day; numbers for drawing only. */
  readonly values: readonly number[];
};

/** What a key did in a range of UTC days. Totals are exact, over the days that were read. */
export type KeyUsage = {
  readonly days: readonly { readonly day: UtcDay; readonly state: KeyDay['state'] }[];
  readonly spendTotal: Usd;
  readonly byokTotal: Usd;
  readonly requestTotal: number;
  /** On so many days it was used while it was not the viewer's teams'; none of that is counted. */
  readonly otherDays: number;
  readonly spend: readonly KeyUsageSeries[];
  readonly requests: readonly KeyUsageSeries[];
};

const MOST_MODELS = 5;
const UNTOLD = 'Model not told';

function seriesOf(
  days: readonly KeyDay[],
  facts: readonly KeyModelFact[],
  read: (fact: KeyModelFact) => number,
): KeyUsageSeries[] {
  const positions = new Map(days.map(({ day }, at) => [day, at]));
  const models = new Map<string, { label: string; values: number[]; total: number }>();
  for (const fact of facts) {
    const at = positions.get(fact.day);
    const value = read(fact);
    if (at === undefined || value === 0) continue;
    const label = fact.model ?? UNTOLD;
    const model = models.get(label) ?? { label, values: days.map(() => 0), total: 0 };
    models.set(label, model);
    model.values[at] = (model.values[at] ?? 0) + value;
    model.total += value;
  }
  const sorted = [...models.values()].sort((a, b) => b.total - a.total || (a.label < b.label ? -1 : 1));
  // One model more than is drawn apart needs no "others" of its own.
  const apart = sorted.length === MOST_MODELS + 1 ? sorted : sorted.slice(0, MOST_MODELS);
  const rest = sorted.slice(apart.length);
  const others = days.map((_, at) => rest.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  return [
    ...apart.map(({ label, values }) => ({ label, values })),
    ...(rest.length > 0 ? [{ label: `${rest.length} other models`, values: others }] : []),
  ];
}

/** Days and facts of one key as its chart draws them, by spend and by requests. */
export function keyUsage({ days, otherDays }: CountedDays, facts: readonly KeyModelFact[]): KeyUsage {
  return {
    days: days.map(({ day, state }) => ({ day, state })),
    spendTotal: addUsd(ZERO_USD, ...days.map(({ spend }) => spend)),
    byokTotal: addUsd(ZERO_USD, ...days.map(({ byokSpend }) => byokSpend)),
    requestTotal: days.reduce((sum, { requests }) => sum + requests, 0),
    otherDays: otherDays.length,
    spend: seriesOf(days, facts, ({ spend }) => usdToNumber(spend)),
    requests: seriesOf(days, facts, ({ requests }) => requests),
  };
}
