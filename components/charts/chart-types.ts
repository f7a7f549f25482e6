/** What is known of a UTC day: complete, still running, read in part, expected, or not read. */
export type DayState = 'final' | 'today' | 'partial' | 'forecast' | 'missing';

export interface ChartDay {
  /** UTC day `YYYY-MM-DD`. */
  day: string;
  state: DayState;
  /** Amount per series key, for drawing only; a missing day has none. */
  values: Readonly<Record<string, number>>;
}

export interface ChartSeries {
  key: string;
  label: string;
  /** CSS colour; by default the series colours in order, the last one for all that follow. */
  color?: string;
}

/** What the figures count; decides how axis and tooltip write them. */
export type ChartUnit = 'usd' | 'count';
