import { cn } from '@/lib/utils/cn';
import { formatPercent } from '@/lib/utils/format-number';

export interface ShareBarProps {
  /** Part of the whole, 0 to 1: what the figure says. */
  share: number;
  /** How far the bar reaches, 0 to 1; the share unless given, for instance against the largest. */
  width?: number;
  color: string;
  className?: string;
}

/** A part of a whole as a bar and a figure. */
export function ShareBar({ share, width = share, color, className }: ShareBarProps) {
  const percent = Math.min(100, Math.max(0, width * 100));
  return (
    <span className={cn('flex items-center gap-2', className)}>
      <span
        aria-hidden="true"
        className="block h-[6px] w-[150px] max-w-full overflow-hidden rounded-full border border-line bg-sunk max-lg:w-20"
      >
        {percent > 0 ? (
          <span
            className="block h-full rounded-full"
            style={{ width: `max(2px, ${percent.toFixed(2)}%)`, background: color }}
          />
        ) : null}
      </span>
      <span className="text-muted">{formatPercent(share)}</span>
    </span>
  );
}
