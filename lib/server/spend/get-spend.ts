import 'server-only';
import { addUsd, type Usd, ZERO_USD } from '@/lib/domain/money/usd';
import { addDays, daysBetween, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type FoldedMembers, foldMembers } from '@/lib/domain/spend/fold-members';
import {
  FORECAST_LOOK_BACK_DAYS,
  forecastMonth,
  type MonthForecast,
} from '@/lib/domain/spend/forecast-month';
import { coverageGaps, dayStates, type SpendDayState, unknownDays } from '@/lib/domain/spend/spend-coverage';
import { type SpendQuery, spendDimensionWords } from '@/lib/domain/spend/spend-query';
import {
  earlierDay,
  isRunningMonth,
  lastKnownDay,
  previousRange,
  type SpendRange,
} from '@/lib/domain/spend/spend-range';
import {
  type SpendFigures,
  type SpendMember,
  type SpendSeries,
  type SpendView,
  writeStates,
} from '@/lib/domain/spend/spend-view';
import { formatPlural } from '@/lib/utils/format-number';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { listCoverage } from './list-coverage';
import { type DaySeries, listDaySeries } from './list-day-series';
import { nameMembers } from './name-members';
import { spendScope } from './spend-scope';
import { sumMembers } from './sum-members';

type Frame = {
  readonly today: UtcDay;
  readonly range: SpendRange;
  /** The days of the range that can have figures. */
  readonly known: SpendRange;
  readonly previous: SpendRange;
  /** From here on daily figures are read: the forecast looks further back than the range. */
  readonly seriesFrom: UtcDay;
  readonly hasForecast: boolean;
};

function frameOf(query: SpendQuery, today: UtcDay): Frame {
  const range = { from: query.from, to: query.to };
  if (range.from > today) throw new AppError('invalid', 'These days are still to come.');
  const known = { from: range.from, to: lastKnownDay(range, today) };
  const hasForecast = isRunningMonth(range, today);
  const lookBack = addDays(today, -FORECAST_LOOK_BACK_DAYS);
  const seriesFrom = hasForecast ? earlierDay(lookBack, range.from) : range.from;
  return { today, range, known, previous: previousRange(known), seriesFrom, hasForecast };
}

/** A day that no connection told but that has spend (of a connection since removed) is known in part. */
function statesOf(marks: readonly SpendDayState[], series: readonly (readonly Usd[])[]): SpendDayState[] {
  return marks.map((state, at) =>
    state === 'missing' && series.some((days) => (days[at] ?? ZERO_USD) !== ZERO_USD) ? 'partial' : state,
  );
}

function sumFigures(parts: readonly SpendFigures[]): SpendFigures {
  return {
    spend: addUsd(ZERO_USD, ...parts.map(({ spend }) => spend)),
    previous: addUsd(ZERO_USD, ...parts.map(({ previous }) => previous)),
    requests: parts.reduce((sum, { requests }) => sum + requests, 0),
    keys: parts.reduce<number | null>(
      (sum, { keys }) => (sum === null || keys === null ? null : sum + keys),
      0,
    ),
  };
}

type Parts = {
  readonly query: SpendQuery;
  readonly frame: Frame;
  readonly folded: FoldedMembers;
  readonly members: readonly SpendMember[];
  readonly days: DaySeries;
  readonly forecast: MonthForecast | null;
};

function seriesOf({ query, frame, folded, members, days, forecast }: Parts): SpendSeries[] {
  const offset = daysBetween(frame.seriesFrom, frame.range.from);
  const drawn = members.slice(0, folded.drawn.length);
  const lines: Omit<SpendSeries, 'days' | 'forecast'>[] = drawn.map((member) => ({
    member,
    label: member.label,
    spend: member.spend,
    previous: member.previous,
    requests: member.requests,
    keys: member.keys,
  }));
  if (folded.others) {
    const { count, spend, previous, requests, listed } = folded.others;
    const { one, many } = spendDimensionWords[query.by];
    const { keys } = sumFigures(members.slice(drawn.length));
    lines.push({
      member: null,
      label: formatPlural(count, `other ${one}`, `other ${many}`),
      spend,
      previous,
      requests,
      keys: count === listed.length ? keys : null,
    });
  }
  return lines.map((line, at) => ({
    ...line,
    days: (days.drawn[at] ?? days.others).slice(offset),
    forecast: forecast?.series[at] ?? null,
  }));
}

/**
 * Spend of a range of UTC days, split and compared, ready to be drawn: chart, table and totals are the same
 * exact figures. A range that lies ahead of today is `invalid`, a team out of reach `not_found`.
 */
export async function getSpend(context: ServerContext, query: SpendQuery): Promise<SpendView> {
  const scope = spendScope(context, 'spend.read', query);
  const now = context.now();
  const frame = frameOf(query, utcDayOf(now));
  const { today, known, previous, seriesFrom } = frame;
  const totals = await sumMembers(context, query.by, scope, { range: known, previous, today });
  const folded = foldMembers(totals.members, totals.rest);
  const ids = folded.drawn.map(({ id }) => id);
  const days = await listDaySeries(context, query.by, scope, { from: seriesFrom, to: known.to }, ids);
  const members = await nameMembers(context, query.by, scope, totals.members);
  const coverageFrom = earlierDay(previous.from, seriesFrom);
  const coverage = await listCoverage(context, scope, { from: coverageFrom, to: known.to });
  const amounts = folded.others ? [...days.drawn, days.others] : days.drawn;
  const marks = dayStates(coverageFrom, known.to, coverage, today).slice(
    daysBetween(coverageFrom, seriesFrom),
  );
  const states = statesOf(marks, amounts);
  const forecast = frame.hasForecast
    ? forecastMonth({ today, from: seriesFrom, states, series: amounts })
    : null;
  const series = seriesOf({ query, frame, folded, members, days, forecast });
  return {
    asOf: now.toISOString(),
    today,
    by: query.by,
    range: frame.range,
    until: known.to,
    previous: { ...previous, unknownDays: unknownDays(coverageFrom, previous, coverage, today) },
    states: writeStates(states.slice(daysBetween(seriesFrom, known.from))),
    gaps: coverageGaps(coverageFrom, known, coverage, today),
    total: sumFigures(series),
    series,
    others: folded.others ? members.slice(folded.drawn.length) : [],
    forecast: forecast && { monthEnd: forecast.monthEnd, band: forecast.band, knownDays: forecast.knownDays },
  };
}
