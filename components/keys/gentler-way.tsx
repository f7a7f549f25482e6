'use client';

import { Button } from '@/components/ui/button';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { useStopKey } from './use-stop-key';

/** Beside a dangerous act: disable instead, or the lowest cap where that is all the provider has. */
export function GentlerWay({ row, onDone }: { row: KeyRow; onDone: () => void }) {
  const { label, stop, isPending } = useStopKey(row);
  if (label === null) return null;
  return (
    <Button
      variant="ghost"
      pending={isPending}
      pendingText="Stopping the key…"
      onClick={() => void stop().then((isDone) => (isDone ? onDone() : undefined))}
    >
      {label} instead
    </Button>
  );
}
