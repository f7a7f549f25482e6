'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { RadioGroup, RadioOption } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { teamCandidatesQuery, useSetTeamMember } from '@/lib/client/teams';
import { roleWords } from '@/lib/domain/people/role';
import type { TeamView } from '@/lib/domain/teams/team-input';

interface AddPersonDialogProps {
  team: TeamView;
  onClose: () => void;
}

/** Puts one of the active people into a team, as a member or as a lead. */
export function AddPersonDialog({ team, onClose }: AddPersonDialogProps) {
  const { data, error } = useQuery(teamCandidatesQuery(team.id));
  const [userId, setUserId] = useState('');
  const [isLead, setIsLead] = useState(false);
  const [fault, setFault] = useState<string | undefined>();
  const add = useSetTeamMember();
  const failure = add.error ?? error;

  function choose(id: string) {
    setUserId(id);
    setFault(undefined);
  }

  function save() {
    const person = data?.find(({ id }) => id === userId);
    setFault(person ? undefined : 'Choose a person.');
    if (!person) return;
    add.mutate(
      { teamId: team.id, userId, membership: isLead ? 'lead' : 'member' },
      {
        onSuccess: () => {
          toast(`${person.name} is ${isLead ? 'a lead' : 'a member'} of ${team.name} now.`);
          onClose();
        },
      },
    );
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || add.isPending ? undefined : onClose())}>
      <DialogContent size="sm">
        <DialogHeader title={`Add a person to ${team.name}`} />
        <DialogBody>
          {data?.length === 0 ? (
            <p className="text-muted">
              Every active person is in this team. Invite others on the members page.
            </p>
          ) : data ? (
            <>
              <Field label="Person" error={fault} required>
                <Select autoFocus value={userId} onChange={(event) => choose(event.target.value)}>
                  <option value="">Choose a person</option>
                  {data.map(({ id, name, email, role }) => (
                    <option key={id} value={id}>
                      {name} · {email} · {roleWords[role].name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label="Place in the team" group>
                <RadioGroup
                  value={isLead ? 'lead' : 'member'}
                  onValueChange={(value) => setIsLead(value === 'lead')}
                >
                  <RadioOption
                    value="member"
                    label="Member"
                    hint="Belongs to the team; sees no more than before."
                  />
                  <RadioOption
                    value="lead"
                    label="Lead"
                    hint="With the role of a team lead: sees the team’s keys, limits and spend."
                  />
                </RadioGroup>
              </Field>
            </>
          ) : error ? null : (
            <Skeleton className="h-28" />
          )}
          {failure ? (
            <Notice tone="bad" live="assertive" title="Nobody was added.">
              {outcomeErrorOf(failure).message}
            </Notice>
          ) : null}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose} disabled={add.isPending}>
            Cancel
          </Button>
          <Button
            variant="primary"
            disabled={!data || data.length === 0}
            pending={add.isPending}
            pendingText="Adding…"
            onClick={save}
          >
            Add person
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
