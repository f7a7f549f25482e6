import { ArrowRight } from 'lucide-react';
import type { BulkBefore, BulkWish } from '@/lib/domain/bulk/bulk-item';
import type { Assignees } from '@/lib/domain/keys/assignees';
import { cn } from '@/lib/utils/cn';
import { bulkDifference } from './bulk-words';

interface BulkChangeProps {
  before: BulkBefore;
  wish: BulkWish;
  people: Assignees | undefined;
  className?: string;
}

/** `$25 monthly → $20 monthly`. */
export function BulkChange({ before, wish, people, className }: BulkChangeProps) {
  const words = bulkDifference(before, wish, people);
  return (
    <span className={cn('inline-flex items-center gap-1.5 max-sm:text-xs', className)}>
      <span className="text-muted">{words.before}</span>
      <ArrowRight role="img" aria-label="becomes" className="size-3 shrink-0 text-muted" />
      <span>{words.after}</span>
    </span>
  );
}
