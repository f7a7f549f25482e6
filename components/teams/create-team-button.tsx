'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TeamFormDialog } from './team-form-dialog';

/** Opens the form; a created team is opened at once, since its people and keys come next. */
export function CreateTeamButton() {
  const [isOpen, setIsOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        Create team
      </Button>
      {isOpen ? (
        <TeamFormDialog
          onClose={() => setIsOpen(false)}
          onCreated={(teamId) => router.push(`/teams/${teamId}`)}
        />
      ) : null}
    </>
  );
}
