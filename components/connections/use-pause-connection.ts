'use client';

import { toast } from '@/components/ui/toaster';
import { useSetConnectionPaused } from '@/lib/client/connections';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { ConnectionView } from '@/lib/domain/connections/connection-view';

/** Pauses an active connection and resumes a paused one; `run` answers whether it was done. */
export function usePauseConnection(connection: ConnectionView) {
  const mutation = useSetConnectionPaused();
  const isPaused = connection.state === 'paused';
  return {
    label: isPaused ? 'Resume' : 'Pause',
    pendingLabel: isPaused ? 'Resuming…' : 'Pausing…',
    isPending: mutation.isPending,
    async run(): Promise<boolean> {
      try {
        await mutation.mutateAsync({ connectionId: connection.id, isPaused: !isPaused });
        toast(isPaused ? `${connection.name} is read again.` : `${connection.name} is paused.`);
        return true;
      } catch (error) {
        toast.error(outcomeErrorOf(error).message);
        return false;
      }
    },
  };
}
