'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { formatDateTime, formatDay } from '@/lib/utils/format-date';
import { useUndoDelete } from '../use-undo-delete';

interface DeletionBannerProps {
  row: KeyRow;
  askedByName: string | null;
  canUndo: boolean;
}

/** That the key goes, when, and the one click that keeps it. */
export function DeletionBanner({ row, askedByName, canUndo }: DeletionBannerProps) {
  const { undo, isPending } = useUndoDelete(row);
  if (row.status !== 'deleting' || row.deleteAfterMs === null) return null;
  return (
    <Notice
      tone="warn"
      title={`Disabled, and deleted on ${formatDay(row.deleteAfterMs)}.`}
      actions={
        canUndo ? (
          <Button size="sm" pending={isPending} pendingText="Undoing…" onClick={() => void undo()}>
            Undo deletion
          </Button>
        ) : null
      }
    >
      {askedByName ?? 'Keyward'} deleted it. After {formatDateTime(row.deleteAfterMs)} it is gone for good,
      unless someone uses it or takes the deletion back.
    </Notice>
  );
}
