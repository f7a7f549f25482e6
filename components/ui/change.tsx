import { cn } from '@/lib/utils/cn';
import { formatPercent } from '@/lib/utils/format-number';

/** A rise from here on is worth a look. */
const STEEP = 0.05;

export interface ChangeProps {
  /** Fraction: 0.098 is +9.8%; `null` where there is nothing to compare with. */
  share: number | null;
  /** What stands there without a comparison. */
  fallback?: string;
  className?: string;
}

/** How much more or less than before; a steep rise is red, and its sign says so too. */
export function Change({ share, fallback = '–', className }: ChangeProps) {
  if (share === null) return <span className={cn('text-muted', className)}>{fallback}</span>;
  return (
    <span className={cn('whitespace-nowrap', share >= STEEP ? 'text-bad' : 'text-muted', className)}>
      {formatPercent(share, { signed: true })}
    </span>
  );
}
