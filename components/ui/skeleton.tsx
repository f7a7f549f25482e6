import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';

/** The shape of what is coming; hidden from assistive technology, which is told by the page. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div {...props} aria-hidden="true" className={cn('h-4 animate-breathe rounded-tag bg-line', className)} />
  );
}

export interface SkeletonTableProps {
  rows?: number;
  /** Says what is loading. */
  label: string;
}

/** Rows of a table to come, with the words for a screen reader. */
export function SkeletonTable({ rows = 8, label }: SkeletonTableProps) {
  const lines = Array.from({ length: rows }, (_, row) => `row-${row}`);
  return (
    <div role="status" className="rounded-panel border border-line bg-panel">
      <span className="sr-only">{label}</span>
      {lines.map((line) => (
        <div key={line} className="flex h-12 items-center gap-6 border-line border-b px-3 last:border-b-0">
          <Skeleton className="w-1/4" />
          <Skeleton className="w-1/6" />
          <Skeleton className="ml-auto w-16" />
          <Skeleton className="w-28 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}
