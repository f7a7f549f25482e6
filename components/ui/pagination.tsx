'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { cn } from '@/lib/utils/cn';
import { formatCount } from '@/lib/utils/format-number';
import { Button } from './button';

export interface PaginationProps {
  /** First page is 1. */
  page: number;
  pageSize: number;
  total: number;
  onPageChange: (page: number) => void;
  /** What is paged: "changes". */
  noun: string;
  className?: string;
}

export function Pagination({ page, pageSize, total, onPageChange, noun, className }: PaginationProps) {
  const last = Math.max(1, Math.ceil(total / pageSize));
  const from = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const to = Math.min(total, page * pageSize);
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className={cn('flex items-center justify-end gap-2 text-sm', className)}
    >
      <span aria-live="polite" className="mr-2 text-muted">
        {formatCount(from)}–{formatCount(to)} of {formatCount(total)} {noun}
      </span>
      <Button
        size="icon"
        aria-label="Previous page"
        disabled={page <= 1}
        onClick={() => onPageChange(page - 1)}
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
      </Button>
      <Button
        size="icon"
        aria-label="Next page"
        disabled={page >= last}
        onClick={() => onPageChange(page + 1)}
      >
        <ChevronRight aria-hidden="true" className="size-4" />
      </Button>
    </nav>
  );
}
