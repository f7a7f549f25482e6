import { cn } from '@/lib/utils/cn';
import { formatUsd } from '@/lib/utils/format-money';

export interface MoneyProps {
  /** US dollars as an exact decimal string; `null` where nothing is known, which is not zero. */
  amount: string | null;
  digits?: number | undefined;
  signed?: boolean | undefined;
  className?: string;
}

export function Money({ amount, digits, signed, className }: MoneyProps) {
  if (amount === null) {
    return (
      <span className={cn('text-muted', className)}>
        <span aria-hidden="true">–</span>
        <span className="sr-only">not known</span>
      </span>
    );
  }
  return <span className={cn('whitespace-nowrap', className)}>{formatUsd(amount, { digits, signed })}</span>;
}
