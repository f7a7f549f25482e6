import { addUsd, roundUsd, type Usd, usd, usdToNumber, ZERO_USD } from '../money/usd';
import { addDays, eachDay, lastOfMonth, startOfUtcDay, type UtcDay } from '../periods/utc-day';
import type { SpendDayState } from './spend-coverage';

/** The estimate looks back so many whole days. */
export const FORECAST_LOOK_BACK_DAYS = 28;
/** With fewer known days there is no estimate. */
const FEWEST_KNOWN_DAYS = 7;
/** With so many final days, days read in part do not count: they would pull the estimate down. */
const ENOUGH_FINAL_DAYS = 14;
/** Of a normal distribution, four fifths lie within so many standard deviations. */
const FOUR_FIFTHS = 1.2816;

export type ForecastInput = {
  readonly today: UtcDay;
  /** Of both lists below: the first day, at least 28 days ago and not after the first of the month. */
  readonly from: UtcDay;
  /** One a day up to today. */
  readonly states: readonly SpendDayState[];
  /** By series, one amount a day up to today. */
  readonly series: readonly (readonly Usd[])[];
};

export type SeriesForecast = {
  /** Where the month ends, in whole cents. */
  readonly monthEnd: Usd;
  /** Dollars of each day after today, for drawing. */
  readonly days: readonly number[];
  /** What today and days not read whole are still expected to add, for drawing. */
  readonly carried: number;
};

export type MonthForecast = {
  readonly series: readonly SeriesForecast[];
  readonly monthEnd: Usd;
  /** Half the width of the band that four months in five would end in, in whole cents. */
  readonly band: Usd;
  /** How many known days the estimate rests on. */
  readonly knownDays: number;
};

function weekdayOf(day: UtcDay): number {
  return startOfUtcDay(day).getUTCDay();
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

type Sample = { readonly at: number; readonly weekday: number };

/** The mean of each weekday over the samples; a weekday without one takes the mean of all. */
function weekdayMeans(amounts: readonly number[], samples: readonly Sample[]): number[] {
  const all = mean(samples.map(({ at }) => amounts[at] ?? 0));
  return Array.from({ length: 7 }, (_, weekday) => {
    const own = samples.filter((sample) => sample.weekday === weekday).map(({ at }) => amounts[at] ?? 0);
    return own.length === 0 ? all : mean(own);
  });
}

/** How far a day strays from its weekday's mean: the standard deviation, with the means' degrees taken off. */
function strayOf(amounts: readonly number[], samples: readonly Sample[]): number {
  const means = weekdayMeans(amounts, samples);
  const squares = samples.reduce((sum, { at, weekday }) => {
    return sum + ((amounts[at] ?? 0) - (means[weekday] ?? 0)) ** 2;
  }, 0);
  const degrees = samples.length - new Set(samples.map(({ weekday }) => weekday)).size;
  return Math.sqrt(squares / (degrees > 0 ? degrees : samples.length));
}

function cents(amount: number): Usd {
  return usd((Math.round(amount * 100) / 100).toFixed(2));
}

type Plan = {
  readonly samples: readonly Sample[];
  readonly monthFrom: number;
  readonly todayAt: number;
  /** Today, and this month's days that were not read whole. */
  readonly unsure: readonly Sample[];
  readonly ahead: readonly UtcDay[];
};

function planOf({ today, from, states }: ForecastInput): Plan {
  const days = eachDay(from, today).map((day, at): Sample => ({ at, weekday: weekdayOf(day) }));
  const todayAt = days.length - 1;
  const monthFrom = todayAt + 1 - Number(today.slice(8));
  const recent = days.slice(0, todayAt).slice(-FORECAST_LOOK_BACK_DAYS);
  const final = recent.filter(({ at }) => states[at] === 'final');
  const isStrict = final.length >= ENOUGH_FINAL_DAYS;
  const isUnsure = ({ at }: Sample) =>
    at === todayAt || states[at] === 'missing' || (isStrict && states[at] === 'partial');
  return {
    samples: isStrict ? final : recent.filter(({ at }) => states[at] !== 'missing'),
    monthFrom,
    todayAt,
    unsure: days.slice(monthFrom).filter(isUnsure),
    ahead: eachDay(addDays(today, 1), lastOfMonth(today)),
  };
}

function forecastSeries(amounts: readonly Usd[], plan: Plan): SeriesForecast {
  const numbers = amounts.map(usdToNumber);
  const means = weekdayMeans(numbers, plan.samples);
  const expected = (weekday: number) => Math.max(0, means[weekday] ?? 0);
  const carried = plan.unsure.reduce(
    (sum, { at, weekday }) => sum + Math.max(0, expected(weekday) - (numbers[at] ?? 0)),
    0,
  );
  const days = plan.ahead.map((day) => expected(weekdayOf(day)));
  const soFar = addUsd(ZERO_USD, ...amounts.slice(plan.monthFrom, plan.todayAt + 1));
  const monthEnd = roundUsd(addUsd(soFar, cents(days.reduce((sum, value) => sum + value, carried))));
  return { monthEnd, days: days.map((value) => Math.round(value * 100) / 100), carried };
}

/**
 * Where the running month ends if each day to come is like its weekday was on average over the last 28 whole
 * days, and today and days not read whole are no lower than that. An estimate. The band holds four months in
 * five if days keep straying from their weekday's average as they did, independently. The series' ends add up
 * to the total's. Null with fewer than seven known days.
 */
export function forecastMonth(input: ForecastInput): MonthForecast | null {
  const plan = planOf(input);
  if (plan.samples.length < FEWEST_KNOWN_DAYS) return null;
  const series = input.series.map((amounts) => forecastSeries(amounts, plan));
  const totals = input.states.map((_, at) =>
    input.series.reduce((sum, amounts) => sum + usdToNumber(amounts[at] ?? ZERO_USD), 0),
  );
  const estimatedDays = plan.ahead.length + plan.unsure.length;
  return {
    series,
    monthEnd: addUsd(ZERO_USD, ...series.map(({ monthEnd }) => monthEnd)),
    band: cents(FOUR_FIFTHS * strayOf(totals, plan.samples) * Math.sqrt(estimatedDays)),
    knownDays: plan.samples.length,
  };
}
