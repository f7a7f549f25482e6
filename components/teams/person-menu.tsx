'use client';

import { MoreHorizontal } from 'lucide-react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useSetTeamMember } from '@/lib/client/teams';
import type { TeamPersonView } from '@/lib/domain/teams/team-page';

interface PersonMenuProps {
  team: { readonly id: number; readonly name: string };
  person: TeamPersonView;
}

/** Raises, lowers or removes one person; a removal offers the way back. */
export function PersonMenu({ team, person }: PersonMenuProps) {
  const set = useSetTeamMember();
  const current = person.isLead ? 'lead' : 'member';

  async function become(membership: 'lead' | 'member' | 'none', done: string, canUndo = false) {
    try {
      await set.mutateAsync({ teamId: team.id, userId: person.id, membership });
      const undo = { label: 'Undo', onClick: () => void become(current, `${person.name} is back.`) };
      toast(done, canUndo ? { action: undo } : undefined);
    } catch (error) {
      toast.error(outcomeErrorOf(error).message);
    }
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`Actions for ${person.name}`} pending={set.isPending}>
          <MoreHorizontal aria-hidden="true" className="size-4" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {person.isLead ? (
          <DropdownMenuItem onSelect={() => void become('member', `${person.name} is a member now.`)}>
            Make member
          </DropdownMenuItem>
        ) : person.isDisabled ? null : (
          <DropdownMenuItem onSelect={() => void become('lead', `${person.name} is a lead now.`)}>
            Make lead
          </DropdownMenuItem>
        )}
        <DropdownMenuSeparator />
        <DropdownMenuItem
          tone="danger"
          onSelect={() => void become('none', `${person.name} left ${team.name}.`, !person.isDisabled)}
        >
          Remove from team
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
