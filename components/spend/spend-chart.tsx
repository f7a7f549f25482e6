'use client';

import { useMemo } from 'react';
import { LazyCumulativeLineChart } from '@/components/charts/lazy-cumulative-line-chart';
import { LazyStackedSpendChart } from '@/components/charts/lazy-stacked-spend-chart';
import { Panel } from '@/components/layout/page-frame';
import { Segmented } from '@/components/ui/segmented';
import { spendDimensions, spendDimensionWords } from '@/lib/domain/spend/spend-query';
import { comparedShare, type SpendView } from '@/lib/domain/spend/spend-view';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPercent } from '@/lib/utils/format-number';
import { forecastMethod, gapText, rangeText } from '@/lib/words/spend-words';
import { cumulativeChartDays, dailyChartDays, spendChartSeries, spendLineSeries } from './spend-chart-days';
import type { SpendControls } from './use-spend-choice';

const dimensions = spendDimensions.map((value) => ({ value, label: spendDimensionWords[value].label }));
const shapes = [
  { value: 'daily', label: 'Daily' },
  { value: 'cumulative', label: 'Cumulative' },
] as const;

function summaryOf(view: SpendView): string {
  const { total, previous, series, range, until } = view;
  const share = comparedShare(view, total);
  const against =
    share === null ? '' : `, ${formatPercent(share, { signed: true })} against ${rangeText(previous)}`;
  const largest = series[0] ? ` ${series[0].label} is the largest with ${formatUsd(series[0].spend)}.` : '';
  return `${formatUsd(total.spend)} in ${rangeText({ from: range.from, to: until })}${against}.${largest}`;
}

/** What the marks of the chart mean on these days: what was not read, and how the forecast is made. */
function ChartNotes({ view }: { view: SpendView }) {
  const isTodayUnread = view.until === view.today && view.states.endsWith('m');
  if (view.gaps.length === 0 && !view.forecast && !isTodayUnread) return null;
  return (
    <div className="mt-2 flex flex-col gap-1 border-line border-t pt-2 text-muted text-xs">
      {view.gaps.map((gap) => (
        <p key={`${gap.connection}-${gap.kind}`} className="m-0 text-warn">
          {gapText(gap)}
        </p>
      ))}
      {view.gaps.length > 0 ? (
        <p className="m-0">What was not read is left out, not counted as zero.</p>
      ) : null}
      {isTodayUnread ? <p className="m-0">Today has not been read yet.</p> : null}
      {view.forecast ? <p className="m-0 max-w-[120ch]">{forecastMethod(view.forecast.knownDays)}</p> : null}
    </div>
  );
}

export function SpendChart({ view, controls }: { view: SpendView; controls: SpendControls }) {
  const isDaily = controls.shape === 'daily';
  const chart = useMemo(
    () =>
      isDaily
        ? { days: dailyChartDays(view), series: spendChartSeries(view) }
        : { days: cumulativeChartDays(view), series: spendLineSeries(view) },
    [view, isDaily],
  );
  const what = `${isDaily ? 'Daily' : 'Cumulative'} spend by ${spendDimensionWords[view.by].one}`;
  return (
    <Panel className="min-w-0">
      <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <span aria-hidden="true" className="text-muted text-xs">
            {isDaily ? 'Daily' : 'Cumulative'} spend by
          </span>
          <Segmented
            aria-label="Spend by"
            options={dimensions}
            value={controls.query.by}
            onValueChange={controls.chooseDimension}
          />
        </div>
        <Segmented
          aria-label="Shape of the chart"
          options={shapes}
          value={controls.shape}
          onValueChange={controls.chooseShape}
        />
      </div>
      {isDaily ? (
        <LazyStackedSpendChart {...chart} title={what} summary={summaryOf(view)} height={260} />
      ) : (
        <LazyCumulativeLineChart {...chart} title={what} summary={summaryOf(view)} height={260} />
      )}
      <ChartNotes view={view} />
    </Panel>
  );
}
