'use client';

import { useEffect } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogHeader,
} from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useEndSession, useEndSessions, useListMemberSessions } from '@/lib/client/people';
import type { SessionView } from '@/lib/domain/people/member-view';
import { formatPlural } from '@/lib/utils/format-number';
import { focusMenuButton } from './member-act';
import type { MemberDialogProps } from './role-dialog';

export function SessionsDialog({ member, now, onClose }: MemberDialogProps & { now: number }) {
  const { mutate: load, data: sessions, error } = useListMemberSessions();
  const endAll = useEndSessions();

  useEffect(() => load({ userId: member.id }), [load, member.id]);

  function endEvery() {
    endAll.mutate(
      { userId: member.id },
      {
        onSuccess: ({ ended }) => {
          toast(`${formatPlural(ended, 'session')} of ${member.name} ended.`);
          onClose();
        },
      },
    );
  }

  const ending = sessions?.filter((session) => !session.isThisOne).length ?? 0;
  const failure = error ?? endAll.error;
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent onCloseAutoFocus={(event) => focusMenuButton(event, member)}>
        <DialogHeader
          title={`Sessions of ${member.name}`}
          description="Ending a session signs that browser out at its next step. It does not stop a new sign-in."
        />
        <DialogBody>
          {failure ? (
            <Notice tone="bad" live="assertive">
              {outcomeErrorOf(failure).message}
            </Notice>
          ) : null}
          {sessions ? (
            <MemberSessions sessions={sessions} now={now} onEnded={() => load({ userId: member.id })} />
          ) : error ? null : (
            <Skeleton className="h-10" />
          )}
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
          {ending > 0 ? (
            <Button variant="danger" pending={endAll.isPending} pendingText="Ending…" onClick={endEvery}>
              End {formatPlural(ending, 'session')}
            </Button>
          ) : null}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

interface MemberSessionsProps {
  sessions: readonly SessionView[];
  now: number;
  onEnded: () => void;
}

function MemberSessions({ sessions, now, onEnded }: MemberSessionsProps) {
  const end = useEndSession();
  if (sessions.length === 0) return <p className="text-muted text-sm">Signed in nowhere at present.</p>;
  return (
    <ul className="divide-y divide-line">
      {sessions.map((session) => (
        <li key={session.id} className="flex items-center gap-3 py-2">
          <div className="min-w-0 flex-1">
            <p className="flex items-center gap-2 font-medium">
              {session.device}
              {session.isThisOne ? <Badge tone="accent">this one</Badge> : null}
            </p>
            <p className="text-muted text-xs">
              {session.address ? `${session.address} · ` : null}
              used <RelativeTime at={session.lastSeenAt} now={now} />
            </p>
          </div>
          {session.isThisOne ? null : (
            <Button
              size="sm"
              aria-label={`End the session of ${session.device}`}
              pending={end.isPending && end.variables.sessionId === session.id}
              onClick={() =>
                end.mutate(
                  { sessionId: session.id },
                  { onSuccess: onEnded, onError: (error) => toast.error(outcomeErrorOf(error).message) },
                )
              }
            >
              End
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
