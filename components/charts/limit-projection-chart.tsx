import { cn } from '@/lib/utils/cn';
import { limitProjection, type ProjectionPoint } from './limit-projection';

export interface LimitLevel {
  value: number;
  /** "$300 now", "$380 proposed". */
  label: string;
}

export interface LimitProjectionChartProps {
  /** Summed spend from the start of the period to now. */
  points: readonly ProjectionPoint[];
  /** Where today's pace ends; `null` when there is no telling. */
  projectedEnd: number | null;
  currentLimit: LimitLevel | null;
  proposedLimit: LimitLevel | null;
  /** Words under the axis; `at` as in the points. */
  ticks: readonly { at: number; label: string }[];
  /** The drawing in a sentence. */
  summary: string;
  className?: string;
}

/** Spend of the period, where it is heading, and the limits it would meet. */
export function LimitProjectionChart(props: LimitProjectionChartProps) {
  const { points, projectedEnd, currentLimit, ticks, summary, className } = props;
  const isChanged = props.proposedLimit?.value !== currentLimit?.value;
  const proposedLimit = isChanged ? props.proposedLimit : null;
  const { area, line, projection, top } = limitProjection(points, projectedEnd, [
    currentLimit?.value ?? null,
    proposedLimit?.value ?? null,
  ]);
  const last = points.at(-1);

  return (
    <div role="img" aria-label={summary} className={cn('px-4.5 pt-2 pb-5', className)}>
      <div className="relative h-[120px] border-line border-b">
        <svg
          aria-hidden="true"
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible [&_path]:[vector-effect:non-scaling-stroke]"
        >
          <path d={area} fill="var(--accent-soft)" />
          <path d={line} fill="none" stroke="var(--accent)" strokeWidth="2" strokeLinejoin="round" />
          <path d={projection} fill="none" stroke="var(--accent)" strokeWidth="2" strokeDasharray="2 4" />
        </svg>
        {currentLimit ? (
          <Level level={currentLimit} top={top(currentLimit.value)} kind="current" other={proposedLimit} />
        ) : null}
        {proposedLimit ? (
          <Level level={proposedLimit} top={top(proposedLimit.value)} kind="proposed" other={currentLimit} />
        ) : null}
        {last ? (
          <span
            className="-translate-x-1/2 -translate-y-1/2 absolute size-1.5 rounded-full bg-accent"
            style={{ left: `${last.at * 100}%`, top: `${top(last.value)}%` }}
          />
        ) : null}
        {ticks.map((tick) => (
          <span
            key={`${tick.at}-${tick.label}`}
            className="-translate-x-1/2 absolute top-full mt-1 whitespace-nowrap text-2xs text-muted"
            style={{ left: `${tick.at * 100}%` }}
          >
            {tick.label}
          </span>
        ))}
      </div>
    </div>
  );
}

interface LevelProps {
  level: LimitLevel;
  top: number;
  kind: 'current' | 'proposed';
  other: LimitLevel | null;
}

/** The lower of two limits carries its words under the line, so that close ones never overprint. */
function Level({ level, top, kind, other }: LevelProps) {
  const isLower = other !== null && level.value < other.value;
  return (
    <span
      className={cn(
        'absolute inset-x-0 block border-t',
        kind === 'proposed' ? 'border-ink' : 'border-edge border-dashed',
      )}
      style={{ top: `${top}%` }}
    >
      <span
        className={cn(
          'absolute left-1 text-2xs leading-none',
          isLower ? 'top-1' : 'bottom-1',
          kind === 'proposed' ? 'font-semibold text-ink' : 'text-muted',
        )}
      >
        {level.label}
      </span>
    </span>
  );
}
