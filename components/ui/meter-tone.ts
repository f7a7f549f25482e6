export type MeterTone = 'ok' | 'warn' | 'bad';

/** Used fractions from which a meter turns to "look at this" and to "this hurts". */
export interface MeterThresholds {
  warn: number;
  bad: number;
}

export const DEFAULT_METER_THRESHOLDS: MeterThresholds = { warn: 0.8, bad: 0.95 };

export function meterTone(used: number, thresholds: MeterThresholds = DEFAULT_METER_THRESHOLDS): MeterTone {
  if (used >= thresholds.bad) return 'bad';
  return used >= thresholds.warn ? 'warn' : 'ok';
}
