import type { ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';

export interface KeyValueItem {
  label: string;
  value: ReactNode;
}

export interface KeyValueListProps {
  items: readonly KeyValueItem[];
  className?: string;
}

/** Facts with a hairline between them: what at the left, how much at the right. */
export function KeyValueList({ items, className }: KeyValueListProps) {
  return (
    <dl className={cn('divide-y divide-line rounded-control border border-line bg-panel text-sm', className)}>
      {items.map((item) => (
        <div key={item.label} className="flex items-baseline justify-between gap-6 px-2.5 py-1.75">
          <dt className="text-muted">{item.label}</dt>
          <dd className="min-w-0 break-words text-right">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
