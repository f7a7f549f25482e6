import { formatDayYear } from '@/lib/utils/format-date';
import { dayTotal, formatChartValue, seriesColor } from './chart-scale';
import type { ChartDay, ChartSeries, ChartUnit } from './chart-types';

interface ChartTooltipProps {
  day: ChartDay | undefined;
  series: readonly ChartSeries[];
  unit: ChartUnit;
  /** A sum makes sense for parts of a whole, not for lines beside each other. */
  hasTotal: boolean;
}

const notes = {
  final: null,
  today: 'so far today',
  partial: 'read in part',
  forecast: 'forecast',
  missing: null,
} as const;

export function ChartTooltip({ day, series, unit, hasTotal }: ChartTooltipProps) {
  if (!day) return null;
  const rows = series
    .map((one, index) => ({ ...one, color: seriesColor(one, index), value: day.values[one.key] }))
    .filter((row) => row.value !== undefined);
  return (
    <div className="min-w-44 rounded-control border border-line bg-panel px-3 py-2 text-xs shadow-float">
      <p className="mb-1 font-semibold">
        {formatDayYear(day.day)}
        {notes[day.state] ? <span className="font-normal text-muted"> · {notes[day.state]}</span> : null}
      </p>
      {day.state === 'missing' ? <p className="text-muted">Not read yet</p> : null}
      {day.state === 'missing'
        ? null
        : rows.map((row) => (
            <p key={row.key} className="flex items-center gap-2">
              <span className="size-2 rounded-[2px]" style={{ background: row.color }} />
              <span className="mr-auto pr-4 text-muted">{row.label}</span>
              {formatChartValue(row.value ?? 0, unit)}
            </p>
          ))}
      {hasTotal && day.state !== 'missing' ? (
        <p className="mt-1 flex justify-between border-line border-t pt-1 font-semibold">
          <span>Total</span>
          {formatChartValue(dayTotal(day, series), unit)}
        </p>
      ) : null}
    </div>
  );
}
