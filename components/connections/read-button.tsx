'use client';

import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useCancelRead, useRequestRead } from '@/lib/client/reads';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';
import { isReading } from './read-words';

interface ReadButtonProps {
  connection: ConnectionView;
  size?: 'sm' | 'md';
}

/** "Read now", or "Cancel" while it reads; nothing while the connection is paused. */
export function ReadButton({ connection, size = 'sm' }: ReadButtonProps) {
  const request = useRequestRead();
  const cancel = useCancelRead();
  const isRunning = isReading(connection);
  if (connection.state === 'paused' && !isRunning) return null;
  const mutation = isRunning ? cancel : request;
  return (
    <Button
      size={size}
      pending={mutation.isPending}
      pendingText={isRunning ? 'Cancelling…' : 'Starting…'}
      aria-label={isRunning ? `Cancel reading ${connection.name}` : `Read now: ${connection.name}`}
      onClick={() =>
        mutation.mutate(
          { connectionId: connection.id },
          { onError: (error) => toast.error(outcomeErrorOf(error).message) },
        )
      }
    >
      {isRunning ? 'Cancel' : 'Read now'}
    </Button>
  );
}
