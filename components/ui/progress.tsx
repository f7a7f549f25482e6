import { cn } from '@/lib/utils/cn';

export interface ProgressProps {
  label: string;
  /** Done part, 0 to 1; `null` while nobody knows how much there is. */
  value: number | null;
  /** What is shown beside it: "1,200 keys read". */
  valueText: string;
  className?: string;
}

export function Progress({ label, value, valueText, className }: ProgressProps) {
  const percent = value === null ? null : Math.min(100, Math.max(0, value * 100));
  return (
    <div className={cn('flex items-center gap-3 text-muted text-xs', className)}>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent === null ? undefined : Math.round(percent)}
        aria-valuetext={valueText}
        className="h-1.5 w-32 overflow-hidden rounded-full bg-line"
      >
        <div
          className={cn('h-full rounded-full bg-accent', percent === null && 'w-1/3 animate-indeterminate')}
          style={percent === null ? undefined : { width: `${percent.toFixed(1)}%` }}
        />
      </div>
      <span>{valueText}</span>
    </div>
  );
}
