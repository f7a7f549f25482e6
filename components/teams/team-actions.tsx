'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { TeamView } from '@/lib/domain/teams/team-input';
import { AddPersonDialog } from './add-person-dialog';
import { ArchiveTeamDialog } from './archive-team-dialog';
import { TeamFormDialog } from './team-form-dialog';

/** What an admin can do with a team. */
export function TeamActions({ team }: { team: TeamView }) {
  const [open, setOpen] = useState<'edit' | 'archive' | 'add' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button onClick={() => setOpen('archive')}>Archive</Button>
      <Button onClick={() => setOpen('edit')}>Edit</Button>
      <Button variant="primary" onClick={() => setOpen('add')}>
        Add person
      </Button>
      {open === 'edit' ? <TeamFormDialog team={team} onClose={close} /> : null}
      {open === 'archive' ? <ArchiveTeamDialog team={team} onClose={close} /> : null}
      {open === 'add' ? <AddPersonDialog team={team} onClose={close} /> : null}
    </>
  );
}
