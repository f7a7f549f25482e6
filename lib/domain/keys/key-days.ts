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
