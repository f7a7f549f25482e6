'use client';

import { memo } from 'react';
import {
  Bar,
  BarChart,
  type BarShapeProps,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { dayAxisProps, valueAxisProps } from './chart-axes';
import { ChartFigure } from './chart-figure';
import { ChartLegend } from './chart-legend';
import { dayTotal, formatChartValue, seriesColor, valueAxis } from './chart-scale';
import { ChartTooltip } from './chart-tooltip';
import type { ChartDay, ChartSeries, ChartUnit, DayState } from './chart-types';

export interface StackedSpendChartProps {
  /** Consecutive UTC days, forecast ones last. */
  days: readonly ChartDay[];
  /** At most six read well: sum the rest as the last one. */
  series: readonly ChartSeries[];
  /** What is drawn: "Daily spend by team". */
  title: string;
  /** What a person would see at a glance, in a sentence. */
  summary: string;
  unit?: ChartUnit;
  height?: number;
}

const opacities: Record<DayState, number> = { final: 1, today: 0.82, partial: 1, forecast: 0.28, missing: 0 };

function StackPart({ shape, state }: { shape: BarShapeProps; state: DayState }) {
  if (shape.height <= 0) return null;
  return (
    <rect
      x={shape.x}
      y={shape.y}
      width={shape.width}
      height={shape.height}
      rx={1.5}
      fill={shape.fill}
      fillOpacity={opacities[state]}
      stroke={state === 'today' ? 'var(--ink)' : 'var(--panel)'}
      strokeDasharray={state === 'today' ? '2 2' : undefined}
    />
  );
}

/** Hatched up to the top: what was not read could be as high. */
function unknownHeight(day: ChartDay, series: readonly ChartSeries[], max: number): number {
  if (day.state === 'missing') return max;
  return day.state === 'partial' ? Math.max(0, max - dayTotal(day, series)) : 0;
}

function DrawnStackedSpendChart(props: StackedSpendChartProps) {
  const { days, series, title, summary, unit = 'usd', height = 280 } = props;
  const axis = valueAxis(
    days.reduce((highest, day) => Math.max(highest, dayTotal(day, series)), 0),
    unit,
  );
  const lastKnown = days.findLast((day) => day.state !== 'forecast')?.day;
  const states = new Set(days.map((day) => day.state));
  const rows = days.map((day) => ({
    day: day.day,
    state: day.state,
    cells: [dayTotal(day, series), ...series.map(({ key }) => day.values[key] ?? 0)].map((value) =>
      day.state === 'missing' ? null : formatChartValue(value, unit),
    ),
  }));

  return (
    <ChartFigure
      title={title}
      summary={summary}
      columns={[{ key: 'total', label: 'Total' }, ...series]}
      rows={rows}
      legend={<ChartLegend series={series} states={states} />}
    >
      <ResponsiveContainer width="100%" height={height}>
        <BarChart
          data={[...days]}
          margin={{ top: 18, right: 0, bottom: 0, left: 0 }}
          barCategoryGap={days.length > 60 ? '8%' : '12%'}
          accessibilityLayer={false}
        >
          <defs>
            <pattern
              id="not-read"
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="1" height="5" fill="var(--edge)" fillOpacity={0.55} />
            </pattern>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis {...dayAxisProps(days)} />
          <YAxis {...valueAxisProps(axis)} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sunk)', fillOpacity: 0.8 }}
            content={({ active, label }) =>
              active ? (
                <ChartTooltip
                  day={days.find((day) => day.day === label)}
                  series={series}
                  unit={unit}
                  hasTotal
                />
              ) : null
            }
          />
          {series.map((one, index) => (
            <Bar
              key={one.key}
              dataKey={(day: ChartDay) => day.values[one.key] ?? 0}
              name={one.label}
              stackId="day"
              fill={seriesColor(one, index)}
              isAnimationActive={false}
              shape={(shape: BarShapeProps) => (
                <StackPart shape={shape} state={days[shape.index]?.state ?? 'final'} />
              )}
            />
          ))}
          {states.has('missing') || states.has('partial') ? (
            <Bar
              dataKey={(day: ChartDay) => unknownHeight(day, series, axis.max)}
              stackId="day"
              fill="url(#not-read)"
              isAnimationActive={false}
            />
          ) : null}
          {states.has('forecast') && lastKnown ? (
            <ReferenceLine
              x={lastKnown}
              position="end"
              stroke="var(--muted)"
              strokeDasharray="2 3"
              label={{ value: 'forecast', position: 'insideTopLeft', fill: 'var(--muted)', fontSize: 11 }}
            />
          ) : null}
        </BarChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}

/** Drawn anew for other figures only: hundreds of shapes take longer than all else on the page. */
export const StackedSpendChart = memo(DrawnStackedSpendChart);
