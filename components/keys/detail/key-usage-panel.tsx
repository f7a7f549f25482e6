'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { ChartSkeleton } from '@/components/charts/chart-skeleton';
import { LazyStackedSpendChart } from '@/components/charts/lazy-stacked-spend-chart';
import { Panel } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { DateRangePicker } from '@/components/ui/date-range-picker';
import { Segmented } from '@/components/ui/segmented';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { keyUsageQuery } from '@/lib/client/key-usage';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { KeyUsage } from '@/lib/domain/keys/key-usage';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { oldestSpendDay, spendPresets, spendPresetWords } from '@/lib/domain/spend/spend-range';
import { formatDayRange } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';
import { usageChartData } from './usage-chart-data';
import { type UsageMeasure, usageParams, usageRangeOf } from './usage-params';

const presets = spendPresets.map((value) => ({ value, label: spendPresetWords[value] }));
const measures = [
  { value: 'spend', label: 'Spend' },
  { value: 'requests', label: 'Requests' },
] as const;
const scopes = [
  { value: 'line', label: 'Whole line' },
  { value: 'key', label: 'This key' },
] as const;

interface KeyUsagePanelProps {
  row: KeyRow;
  today: UtcDay;
  /** Another key took over from it, or it from another. */
  hasLine: boolean;
}

/** Spend and requests of a key by day and model; days and measure stand in the address. */
export function KeyUsagePanel({ row, today, hasLine }: KeyUsagePanelProps) {
  const [params, setParams] = useQueryStates(usageParams, { history: 'push', scroll: false });
  const { from, to, preset } = usageRangeOf(params, today);
  const isWholeLine = hasLine && params.of === null;
  const usage = useQuery(keyUsageQuery(row.id, from, to, isWholeLine));
  return (
    <Panel className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-semibold text-base">Usage</h2>
        <Segmented
          aria-label="What is drawn"
          options={measures}
          value={params.show}
          onValueChange={(show) => void setParams({ show })}
        />
        {hasLine ? (
          <Segmented
            aria-label="Whose usage"
            options={scopes}
            value={isWholeLine ? 'line' : 'key'}
            onValueChange={(of) => void setParams({ of: of === 'key' ? 'key' : null })}
          />
        ) : null}
        <div className="flex min-w-0 flex-wrap items-center gap-2 md:ml-auto">
          <Segmented
            aria-label="Date range"
            options={presets}
            value={preset}
            onValueChange={(range) =>
              void setParams({ range: range === 'this-month' ? null : range, from: null, to: null })
            }
          />
          <DateRangePicker
            label="Days"
            value={{ from, to }}
            onValueChange={(days) => void setParams({ range: null, from: days.from, to: days.to })}
            min={oldestSpendDay(today)}
            max={today}
            today={today}
          />
        </div>
      </div>
      {usage.data ? (
        <UsageDrawn
          row={row}
          usage={usage.data}
          measure={params.show}
          by={isWholeLine ? 'key' : 'model'}
          isOld={usage.isPlaceholderData}
        />
      ) : usage.error ? (
        <ErrorState
          className="border-0 py-8"
          title="The usage could not be loaded"
          reference={outcomeErrorOf(usage.error).ref}
          actions={<Button onClick={() => void usage.refetch()}>Try again</Button>}
        >
          {outcomeErrorOf(usage.error).message}
        </ErrorState>
      ) : (
        <div className="[--chart-height:280px]">
          <ChartSkeleton />
        </div>
      )}
    </Panel>
  );
}

function rangeText({ days }: KeyUsage): string {
  const [first, last] = [days[0], days.at(-1)];
  return first && last ? formatDayRange(first.day, last.day) : '';
}

function unusedText(measure: UsageMeasure, by: 'model' | 'key', { otherDays }: KeyUsage): string {
  if (otherDays > 0) return measure === 'spend' ? 'Your team spent nothing' : 'Your team did not use it';
  if (by === 'key') return measure === 'spend' ? 'These keys spent nothing' : 'Nobody used these keys';
  return measure === 'spend' ? 'The key spent nothing' : 'Nobody used the key';
}

interface UsageDrawnProps {
  row: KeyRow;
  usage: KeyUsage;
  measure: UsageMeasure;
  by: 'model' | 'key';
  /** While another range is on its way. */
  isOld: boolean;
}

function UsageDrawn({ row, usage, measure, by, isOld }: UsageDrawnProps) {
  const { days, series } = usageChartData(usage, measure);
  const { usageByDay } = row.connection.capabilities;
  const span = rangeText(usage);
  if (usage.days.every(({ state }) => state === 'missing')) {
    return (
      <EmptyState title="These days were not read" className="border-0 py-8">
        {usageByDay.can ? `Nothing is known of ${span} yet; that is not zero.` : usageByDay.reason}
      </EmptyState>
    );
  }
  const spent = formatUsd(usage.spendTotal);
  const requests = formatPlural(usage.requestTotal, 'request');
  const byok = usage.byokTotal === '0' ? '' : ` · ${formatUsd(usage.byokTotal)} on own provider keys (BYOK)`;
  const isUnused = series.length === 0;
  const missing = usage.days.filter(({ state }) => state === 'missing').length;
  return (
    <div className={isOld ? 'opacity-60' : undefined} aria-busy={isOld}>
      <p className="text-muted">
        <strong className="font-semibold text-ink">{spent}</strong> · {requests}
        {byok} · {span}, UTC days
        {missing > 0 ? <span className="text-warn"> · {formatPlural(missing, 'day')} not read</span> : null}
        {usage.otherDays > 0
          ? ` · without ${formatPlural(usage.otherDays, 'day')} on which it was not your team’s`
          : null}
      </p>
      {isUnused ? (
        <EmptyState
          title={measure === 'spend' ? 'Nothing was spent' : 'No requests'}
          className="border-0 py-8"
        >
          {unusedText(measure, by, usage)} in these days.
        </EmptyState>
      ) : (
        <LazyStackedSpendChart
          days={days}
          series={series}
          unit={measure === 'spend' ? 'usd' : 'count'}
          title={`Daily ${measure} by ${by}`}
          summary={`${spent} and ${requests} in ${span}, most with ${series[0]?.label ?? `no ${by}`}`}
        />
      )}
    </div>
  );
}
