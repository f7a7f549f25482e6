'use client';

import { memo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { dayAxisProps, valueAxisProps } from './chart-axes';
import { ChartFigure } from './chart-figure';
import { ChartLegend } from './chart-legend';
import { formatChartValue, seriesColor, valueAxis } from './chart-scale';
import { ChartTooltip } from './chart-tooltip';
import type { ChartDay, ChartSeries, ChartUnit } from './chart-types';
import { type LinePoint, linePoints } from './line-points';

export interface CumulativeLineChartProps {
  /** Consecutive UTC days whose values are already summed up to that day; forecast ones last. */
  days: readonly ChartDay[];
  series: readonly ChartSeries[];
  title: string;
  summary: string;
  unit?: ChartUnit;
  height?: number;
  /** A level to stay under, drawn across: a budget. */
  level?: { value: number; label: string };
  /** Another level beside it, drawn dashed: what is wished for. */
  proposedLevel?: { value: number; label: string };
}

function DrawnCumulativeLineChart(props: CumulativeLineChartProps) {
  const { days, series, title, summary, unit = 'usd', height = 280, level, proposedLevel } = props;
  const highest = Math.max(
    level?.value ?? 0,
    proposedLevel?.value ?? 0,
    ...days.map((day) => Math.max(0, ...series.map(({ key }) => day.values[key] ?? 0))),
  );
  const axis = valueAxis(highest, unit);
  // A line of one point draws nothing.
  const isPoint = days.filter(({ state }) => state !== 'missing' && state !== 'forecast').length === 1;
  const rows = days.map((day) => ({
    day: day.day,
    state: day.state,
    cells: series.map(({ key }) => {
      const value = day.values[key];
      return value === undefined || day.state === 'missing' ? null : formatChartValue(value, unit);
    }),
  }));

  return (
    <ChartFigure
      title={title}
      summary={summary}
      columns={series}
      rows={rows}
      legend={<ChartLegend series={series} states={new Set(days.map((day) => day.state))} />}
    >
      <ResponsiveContainer width="100%" height={height}>
        <LineChart
          data={linePoints(days, series)}
          margin={{ top: 18, right: 12, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis {...dayAxisProps(days)} />
          <YAxis {...valueAxisProps(axis)} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={({ active, label }) =>
              active ? (
                <ChartTooltip
                  day={days.find((day) => day.day === label)}
                  series={series}
                  unit={unit}
                  hasTotal={false}
                />
              ) : null
            }
          />
          {level ? (
            <ReferenceLine
              y={level.value}
              stroke="var(--ink)"
              label={{ value: level.label, position: 'insideBottomLeft', fill: 'var(--ink)', fontSize: 11 }}
            />
          ) : null}
          {proposedLevel ? (
            <ReferenceLine
              y={proposedLevel.value}
              stroke="var(--accent)"
              strokeDasharray="5 3"
              label={{
                value: proposedLevel.label,
                position: 'insideTopRight',
                fill: 'var(--accent)',
                fontSize: 11,
              }}
            />
          ) : null}
          {series.map((one, index) => (
            <Line
              key={one.key}
              dataKey={(point: LinePoint) => point.known[one.key]}
              name={one.label}
              stroke={seriesColor(one, index)}
              strokeWidth={index === 0 ? 2.25 : 1.5}
              dot={isPoint}
              isAnimationActive={false}
            />
          ))}
          {series.map((one, index) => (
            <Line
              key={`${one.key}-expected`}
              dataKey={(point: LinePoint) => point.expected[one.key]}
              stroke={seriesColor(one, index)}
              strokeWidth={1.5}
              strokeDasharray="2 4"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}

/** Drawn anew for other figures only: hundreds of shapes take longer than all else on the page. */
export const CumulativeLineChart = memo(DrawnCumulativeLineChart);
