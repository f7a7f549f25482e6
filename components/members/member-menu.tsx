'use client';

import { MoreHorizontal } from 'lucide-react';
import Link from 'next/link';
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
import { useEnableMember } from '@/lib/client/people';
import type { MemberView } from '@/lib/domain/people/member-view';
import { type MemberAct, menuButtonId } from './member-act';

export interface MemberMenuProps {
  member: MemberView;
  isSelf: boolean;
  onChoose: (act: MemberAct) => void;
}

export function MemberMenu({ member, isSelf, onChoose }: MemberMenuProps) {
  const enable = useEnableMember();
  const isDisabled = member.status === 'disabled';

  function enableAgain() {
    enable.mutate(
      { userId: member.id },
      {
        onSuccess: () => toast(`${member.name} can sign in again.`),
        onError: (error) => toast.error(outcomeErrorOf(error).message),
      },
    );
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          id={menuButtonId(member)}
          variant="ghost"
          size="icon"
          aria-label={`Actions for ${member.name}`}
          pending={enable.isPending}
        >
          <MoreHorizontal aria-hidden="true" className="size-4" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => onChoose({ kind: 'role', member })}>Change role</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onChoose({ kind: 'sessions', member })}>Sessions</DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href={`/audit?person=${member.id}`} prefetch={false}>
            What they did
          </Link>
        </DropdownMenuItem>
        {isSelf || isDisabled || !member.hasPassword ? null : (
          <DropdownMenuItem onSelect={() => onChoose({ kind: 'password', member })}>
            New-password link
          </DropdownMenuItem>
        )}
        {isSelf ? null : <DropdownMenuSeparator />}
        {isSelf ? null : isDisabled ? (
          <DropdownMenuItem onSelect={enableAgain}>Enable</DropdownMenuItem>
        ) : (
          <DropdownMenuItem tone="danger" onSelect={() => onChoose({ kind: 'disable', member })}>
            Disable
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
