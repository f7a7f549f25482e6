'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { deleteGraceQuery, waitingDeletionsQuery } from '@/lib/client/deletions';
import type { DeleteGrace } from '@/lib/domain/keys/delete-grace';
import type { WaitingDeletionView } from '@/lib/domain/keys/waiting-deletion';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';
import { DeleteGraceDialog } from './delete-grace-dialog';
import { useUndoDelete } from './use-undo-delete';

interface WaitingDeletionsProps {
  /** What the server drew the page with. */
  initial: readonly WaitingDeletionView[];
  grace: DeleteGrace;
  canDelete: boolean;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

function WaitingDeletion({ waiting, canUndo }: { waiting: WaitingDeletionView; canUndo: boolean }) {
  const { keyId, keyName, connectionName, deleteAfter, askedByName } = waiting;
  const { undo, isPending } = useUndoDelete({ id: keyId, name: keyName });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-3.5 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <Link
          href={`/keys/${keyId}`}
          prefetch={false}
          className="rounded-tag font-medium [overflow-wrap:anywhere] hover:underline"
        >
          {keyName}
        </Link>
        <p className="text-muted text-xs">
          {connectionName} · deleted for good after {formatDateTime(deleteAfter)} · {askedByName ?? 'Keyward'}
        </p>
      </div>
      {canUndo ? (
        <Button
          size="sm"
          pending={isPending}
          pendingText="Undoing…"
          aria-label={`Undo the deletion of ${keyName}`}
          onClick={() => void undo()}
        >
          Undo
        </Button>
      ) : null}
    </li>
  );
}

/** Keys that someone deleted and that can still be taken back, and how long that is so. */
export function WaitingDeletions({ initial, grace, canDelete, now }: WaitingDeletionsProps) {
  const [isEditing, setIsEditing] = useState(false);
  const drawn = { initialDataUpdatedAt: now } as const;
  const { data: waiting } = useQuery({ ...waitingDeletionsQuery, ...drawn, initialData: initial });
  const { data } = useQuery({ ...deleteGraceQuery, ...drawn, initialData: grace });
  return (
    <section aria-labelledby="waiting-deletions" className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id="waiting-deletions" className="font-semibold text-base">
          Waiting to be deleted
        </h2>
        <p className="text-muted text-xs">Can be taken back for {formatPlural(data.days, 'day')}.</p>
        {canDelete ? (
          <Button variant="ghost" size="sm" className="ml-auto" onClick={() => setIsEditing(true)}>
            Change the grace period…
          </Button>
        ) : null}
      </div>
      {waiting.length === 0 ? (
        <p className="rounded-panel border border-line bg-panel px-3.5 py-3 text-muted">
          No deleted key waits.
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-panel border border-line bg-panel">
          {waiting.map((item) => (
            <WaitingDeletion key={item.keyId} waiting={item} canUndo={canDelete} />
          ))}
        </ul>
      )}
      {isEditing ? <DeleteGraceDialog days={data.days} onClose={() => setIsEditing(false)} /> : null}
    </section>
  );
}
