'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toaster';
import { assigneesQuery, useAssignKeys } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { KeyRow } from '@/lib/domain/keys/keys-table';

/** Gives a key a team and an owner here; nothing changes at the provider. */
export function AssignKeyDialog({ row: liveRow, onClose }: { row: KeyRow; onClose: () => void }) {
  const [row] = useState(liveRow);
  const [teamId, setTeamId] = useState(row.team ? String(row.team.id) : '');
  const [ownerId, setOwnerId] = useState(row.owner?.id ?? '');
  const { data } = useQuery(assigneesQuery);
  const assign = useAssignKeys();

  async function save() {
    try {
      await assign.mutateAsync({
        keyIds: [row.id],
        teamId: teamId ? Number(teamId) : null,
        ownerId: ownerId || null,
      });
      toast(`${row.name} has a new team and owner.`);
      onClose();
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || assign.isPending ? undefined : onClose())}>
      <DialogContent size="sm">
        <DialogHeader
          title="Team and owner"
          description={`Spend of ${row.name} counts for the new team from today on. Nothing changes at ${row.connection.providerName}.`}
        />
        <DialogBody>
          {data ? (
            <>
              <Field label="Team">
                <Select autoFocus value={teamId} onChange={(event) => setTeamId(event.target.value)}>
                  <option value="">No team</option>
                  {data.teams.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label="Owner">
                <Select value={ownerId} onChange={(event) => setOwnerId(event.target.value)}>
                  <option value="">No owner</option>
                  {data.owners.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
            </>
          ) : (
            <Skeleton className="h-28" />
          )}
          {assign.error ? (
            <Notice tone="bad" live="assertive" title="Nothing was changed.">
              {outcomeErrorOf(assign.error).message}
            </Notice>
          ) : null}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose} disabled={assign.isPending}>
            Cancel
          </Button>
          <Button
            variant="primary"
            disabled={!data}
            pending={assign.isPending}
            pendingText="Assigning…"
            onClick={() => void save()}
          >
            Assign key
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
