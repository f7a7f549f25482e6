'use client';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useEndSession, useEndSessions } from '@/lib/client/people';
import type { SessionView } from '@/lib/domain/people/member-view';
import { formatPlural } from '@/lib/utils/format-number';

export interface SessionListProps {
  userId: string;
  sessions: readonly SessionView[];
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

export function SessionList({ userId, sessions, now }: SessionListProps) {
  const endOthers = useEndSessions();
  const others = sessions.filter((session) => !session.isThisOne).length;

  function endAllOthers() {
    endOthers.mutate(
      { userId },
      {
        onSuccess: ({ ended }) => toast(`${formatPlural(ended, 'session')} ended.`),
        onError: (error) => toast.error(outcomeErrorOf(error).message),
      },
    );
  }

  return (
    <div className="flex flex-col items-start gap-3">
      <ul className="w-full divide-y divide-line">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} now={now} />
        ))}
      </ul>
      {others > 0 ? (
        <Button pending={endOthers.isPending} pendingText="Ending…" onClick={endAllOthers}>
          End all other sessions
        </Button>
      ) : (
        <p className="text-muted text-xs">You are signed in nowhere else.</p>
      )}
    </div>
  );
}

function SessionItem({ session, now }: { session: SessionView; now: number }) {
  const end = useEndSession();
  return (
    <li className="flex items-center gap-3 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {session.device}
          {session.isThisOne ? <Badge tone="accent">this one</Badge> : null}
        </p>
        <p className="text-muted text-xs">
          {session.address ? `${session.address} · ` : null}
          used <RelativeTime at={session.lastSeenAt} now={now} /> · signed in{' '}
          <RelativeTime at={session.createdAt} now={now} />
        </p>
      </div>
      {session.isThisOne ? null : (
        <Button
          size="sm"
          aria-label={`End the session of ${session.device}`}
          pending={end.isPending}
          pendingText="Ending…"
          onClick={() =>
            end.mutate(
              { sessionId: session.id },
              { onError: (error) => toast.error(outcomeErrorOf(error).message) },
            )
          }
        >
          End
        </Button>
      )}
    </li>
  );
}
