import type { Usd } from '../money/usd';
import type { UtcDay } from '../periods/utc-day';

/** One UTC day of a key. `missing` days are not known and are never drawn as zero. */
export type KeyDay = {
  readonly day: UtcDay;
  readonly spend: Usd;
  readonly byokSpend: Usd;
  readonly requests: number;
  readonly state: 'complete' | 'open' | 'missing';
};

/** The days of a key as far as it was some teams'. */
export type CountedDays = {
  readonly days: readonly KeyDay[];
  /** Days on which it was used while it was not theirs; that use is in no figure. */
  readonly otherDays: readonly UtcDay[];
};
