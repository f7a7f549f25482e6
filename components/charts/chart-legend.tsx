import { seriesColor } from './chart-scale';
import type { ChartSeries, DayState } from './chart-types';

interface ChartLegendProps {
  series: readonly ChartSeries[];
  states: ReadonlySet<DayState>;
}

/** Names of the colours, and of the marks that occur. */
export function ChartLegend({ series, states }: ChartLegendProps) {
  return (
    <>
      {series.map((one, index) => (
        <span key={one.key} className="inline-flex items-center gap-1.5">
          <span className="size-2 rounded-[2px]" style={{ background: seriesColor(one, index) }} />
          {one.label}
        </span>
      ))}
      {states.has('today') ? <Mark kind="today" label="today, not final" /> : null}
      {states.has('forecast') ? <Mark kind="forecast" label="forecast" /> : null}
      {states.has('partial') ? <Mark kind="missing" label="read in part" /> : null}
      {states.has('missing') ? <Mark kind="missing" label="not read" /> : null}
    </>
  );
}

const marks = {
  today: 'border border-ink border-dashed',
  forecast: 'bg-muted opacity-35',
  missing: 'bg-[repeating-linear-gradient(45deg,var(--edge)_0_1px,transparent_1px_3px)]',
} as const;

function Mark({ kind, label }: { kind: keyof typeof marks; label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className={`size-2 rounded-[2px] ${marks[kind]}`} />
      {label}
    </span>
  );
}
