import { compareUsd, ratioUsd, subtractUsd, type Usd } from '../money/usd';

/** A team's budget of the running UTC month against what its keys spent. */
export type TeamBudget = {
  readonly amount: Usd;
  readonly spent: Usd;
  /** Below zero once it is exceeded. */
  readonly headroom: Usd;
  readonly usedShare: number;
  /** Where the month ends by the forecast; null without one. */
  readonly endsAt: Usd | null;
  readonly endShare: number | null;
  readonly state: 'lasts' | 'will_exceed' | 'exceeded';
};

export type TeamMonth = {
  readonly monthlyBudget: Usd | null;
  readonly monthSpend: Usd;
  readonly forecast: Usd | null;
};

/** How a team stands against its budget; null without one. */
export function teamBudget({
  monthlyBudget: amount,
  monthSpend: spent,
  forecast,
}: TeamMonth): TeamBudget | null {
  if (amount === null) return null;
  const isExceeded = compareUsd(spent, amount) > 0;
  const willExceed = forecast !== null && compareUsd(forecast, amount) > 0;
  return {
    amount,
    spent,
    headroom: subtractUsd(amount, spent),
    usedShare: ratioUsd(spent, amount) ?? 0,
    endsAt: forecast,
    endShare: forecast === null ? null : ratioUsd(forecast, amount),
    state: isExceeded ? 'exceeded' : willExceed ? 'will_exceed' : 'lasts',
  };
}
