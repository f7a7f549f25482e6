'use client';

import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useDeleteInvitation } from '@/lib/client/people';
import type { InvitationView } from '@/lib/domain/people/member-view';
import { roleWords } from '@/lib/domain/people/role';

export interface InvitationListProps {
  invitations: readonly InvitationView[];
  canWrite: boolean;
  now: number;
}

function teamsText({ teams, isLead }: InvitationView): string {
  if (teams.length === 0) return '';
  return ` ${isLead ? 'of' : '· member of'} ${teams.join(', ')}`;
}

export function InvitationList({ invitations, canWrite, now }: InvitationListProps) {
  const withdraw = useDeleteInvitation();
  return (
    <section aria-labelledby="open-invitations" className="flex flex-col gap-2">
      <h2 id="open-invitations" className="font-semibold text-base">
        Open invitations
      </h2>
      <ul className="divide-y divide-line rounded-panel border border-line bg-panel">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex items-center gap-3 px-3 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="break-words font-medium">{invitation.email}</p>
              <p className="text-muted text-xs">
                {roleWords[invitation.role].name}
                {teamsText(invitation)} · invited by {invitation.invitedBy} · ends{' '}
                <RelativeTime at={invitation.expiresAt} now={now} />
              </p>
            </div>
            {canWrite ? (
              <Button
                size="sm"
                aria-label={`Withdraw the invitation for ${invitation.email}`}
                pending={withdraw.isPending && withdraw.variables.invitationId === invitation.id}
                onClick={() =>
                  withdraw.mutate(
                    { invitationId: invitation.id },
                    {
                      onSuccess: () => toast(`The invitation for ${invitation.email} no longer works.`),
                      onError: (error) => toast.error(outcomeErrorOf(error).message),
                    },
                  )
                }
              >
                Withdraw
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
