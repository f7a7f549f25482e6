import type { ChartDay, ChartSeries } from './chart-types';

export interface LinePoint {
  day: string;
  /** What is known; `null` where nothing is, which leaves a gap. */
  known: Readonly<Record<string, number | null>>;
  /** The forecast, joined to the last known day. */
  expected: Readonly<Record<string, number | null>>;
}

function knownValue(day: ChartDay, key: string): number | null {
  return day.state === 'missing' ? null : (day.values[key] ?? null);
}

/** Splits each line into what is known and what is expected, sharing the point where one becomes the other. */
export function linePoints(days: readonly ChartDay[], series: readonly ChartSeries[]): LinePoint[] {
  const forecastFrom = days.findIndex((day) => day.state === 'forecast');
  return days.map((day, index) => {
    const isExpected = forecastFrom >= 0 && index >= forecastFrom;
    const joinsForecast = forecastFrom >= 0 && index === forecastFrom - 1;
    return {
      day: day.day,
      known: Object.fromEntries(series.map(({ key }) => [key, isExpected ? null : knownValue(day, key)])),
      expected: Object.fromEntries(
        series.map(({ key }) => [key, isExpected || joinsForecast ? knownValue(day, key) : null]),
      ),
    };
  });
}
