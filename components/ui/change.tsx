import { cn } from '@/lib/utils/cn';
import { formatPercent } from '@/lib/utils/format-number';
import { Money } from './money';

/** A rise from here on is worth a look. */
const STEEP = 0.05;

export interface ChangeProps {
  /** Fraction: 0.098 is +9.8%; `null` where there is nothing to compare with. */
  share: number | null;
  /** The same in US dollars, an exact decimal string, drawn quietly behind it. */
  amount?: string | null;
  /** What stands there without a comparison. */
  fallback?: string;
}

/** How much more or less than before; a steep rise is red, and its sign says so too. */
export function Change({ share, amount = null, fallback = '–' }: ChangeProps) {
  if (share === null) return <span className="font-normal text-muted">{fallback}</span>;
  return (
    <>
      <span className={cn('whitespace-nowrap', share >= STEEP ? 'text-bad' : 'text-muted')}>
        {formatPercent(share, { signed: true })}
      </span>
      {amount === null ? null : (
        <>
          {' '}
          <Money amount={amount} signed className="font-normal text-muted text-sm" />
        </>
      )}
    </>
  );
}
