import type { Limit } from '../limits/limit';
import { addUsd, compareUsd, isPositiveUsd, subtractUsd, type Usd, ZERO_USD } from '../money/usd';
import { periodStart } from '../periods/limit-period';
import { startOfUtcDay, type UtcDay } from '../periods/utc-day';

/** What a limit counts on a UTC day: spend, and spend on own provider keys where that counts too. */
export type CountedDay = { readonly day: UtcDay; readonly spend: Usd };

/** The day on which the limit would have stopped the key, and what it would have refused until it started anew. */
export type Stop = { readonly day: UtcDay; readonly heldBack: Usd };

export type WhatIf = {
  /** In order, one a window at the most. */
  readonly stops: readonly Stop[];
  readonly heldBack: Usd;
};

function windowOf(limit: Extract<Limit, { kind: 'capped' }>, day: UtcDay): number {
  return periodStart(limit.period, startOfUtcDay(day))?.getTime() ?? 0;
}

/**
 * What a limit would have done over days of the past, by the provider's own reset rule: daily at midnight UTC,
 * weekly on Monday, monthly on the 1st, or never. It stops on the day on which the window's sum first exceeds the
 * amount; whatever came on top is held back until the window ends. Days must come in order and should begin with
 * a window; `spentBefore` is what a limit that never starts anew had counted before the first of them.
 */
export function whatIf(limit: Limit, days: readonly CountedDay[], spentBefore: Usd = ZERO_USD): WhatIf {
  if (limit.kind === 'unlimited') return { stops: [], heldBack: ZERO_USD };
  const stops: { day: UtcDay; heldBack: Usd }[] = [];
  const cap = limit.kind === 'capped' ? limit.amount : ZERO_USD;
  let window: number | null = null;
  let sum = ZERO_USD;
  let open: { day: UtcDay; heldBack: Usd } | null = null;
  for (const { day, spend } of days) {
    const start = limit.kind === 'capped' ? windowOf(limit, day) : 0;
    if (start !== window) {
      sum = window === null && limit.kind === 'capped' && limit.period === 'total' ? spentBefore : ZERO_USD;
      window = start;
      open = null;
    }
    const before = compareUsd(sum, cap) > 0 ? sum : cap;
    sum = addUsd(sum, spend);
    if (compareUsd(sum, cap) <= 0 || !isPositiveUsd(spend)) continue;
    if (open === null) {
      open = { day, heldBack: ZERO_USD };
      stops.push(open);
    }
    open.heldBack = addUsd(open.heldBack, subtractUsd(sum, before));
  }
  return { stops, heldBack: addUsd(ZERO_USD, ...stops.map(({ heldBack }) => heldBack)) };
}
