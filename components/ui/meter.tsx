import { cva } from 'class-variance-authority';
import { cn } from '@/lib/utils/cn';
import { type MeterThresholds, type MeterTone, meterTone } from './meter-tone';

const fill = cva('block h-full rounded-full', {
  variants: { tone: { ok: 'bg-accent', warn: 'bg-warn-fill', bad: 'bg-bad' } },
});

export interface MeterProps {
  /** What is measured: "Limit used". */
  label: string;
  /** Used part of the whole; above 1 is drawn full. */
  used: number;
  /** Where today's pace ends, as a part of the whole; `null` when there is no telling. Above 1 stands at the end. */
  pace?: number | null;
  /** What the meter says in words: "83% of $500 used; at today's pace 104% by 30 Nov". */
  valueText: string;
  thresholds?: MeterThresholds;
  /** Overrides what the thresholds say, for instance when the pace is what hurts. */
  tone?: MeterTone;
  className?: string;
}

function toPercent(fraction: number): number {
  return Math.min(100, Math.max(0, fraction * 100));
}

/** How much is used (bar), and where today's pace ends (tick). */
export function Meter({ label, used, pace = null, valueText, thresholds, tone, className }: MeterProps) {
  const percent = toPercent(used);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the native meter can draw neither the tick nor the tones
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      aria-valuetext={valueText}
      className={cn('relative h-[11px] w-[150px] max-w-full', className)}
    >
      <span className="absolute inset-x-0 top-[3px] block h-[6px] overflow-hidden rounded-full border border-line bg-sunk">
        {percent > 0 ? (
          <span
            className={fill({ tone: tone ?? meterTone(used, thresholds) })}
            style={{ width: `max(2px, ${percent.toFixed(2)}%)` }}
          />
        ) : null}
      </span>
      {pace === null ? null : (
        <span
          data-pace=""
          className="absolute top-0 block h-[11px] w-0.5 bg-ink/70"
          style={{ left: `calc(${toPercent(pace).toFixed(2)}% - ${toPercent(pace) > 50 ? 2 : 0}px)` }}
        />
      )}
    </div>
  );
}
