'use client';

import { useRouter } from 'next/navigation';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogFooter,
} from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useArchiveTeam } from '@/lib/client/teams';
import type { TeamView } from '@/lib/domain/teams/team-input';
import { formatPlural } from '@/lib/utils/format-number';

interface ArchiveTeamDialogProps {
  team: TeamView;
  onClose: () => void;
}

/** Takes a team off the lists, once it has no live keys. */
export function ArchiveTeamDialog({ team, onClose }: ArchiveTeamDialogProps) {
  const archive = useArchiveTeam();
  const router = useRouter();
  const holdsKeys = team.keyCount > 0;

  function archiveNow() {
    archive.mutate(
      { teamId: team.id },
      {
        onSuccess: () => {
          toast(`${team.name} is archived. Its spend history stays.`);
          onClose();
          router.push('/teams');
        },
      },
    );
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || archive.isPending ? undefined : onClose())}>
      <AlertDialogContent
        title={`Archive ${team.name}?`}
        description="It leaves every list, and its leads no longer see its keys. Its spend history and audit trail stay."
      >
        {holdsKeys ? (
          <Notice
            tone="warn"
            title={`It still has ${formatPlural(team.keyCount, 'key')}.`}
            actions={
              <ButtonLink size="sm" href={`/keys?team=${team.id}`}>
                Show its keys
              </ButtonLink>
            }
          >
            Give them to another team first.
          </Notice>
        ) : null}
        {archive.error ? (
          <Notice tone="bad" live="assertive" title="The team was not archived.">
            {outcomeErrorOf(archive.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={archive.isPending} />
          <Button
            variant="danger"
            disabled={holdsKeys}
            pending={archive.isPending}
            pendingText="Archiving…"
            onClick={archiveNow}
          >
            Archive team
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
