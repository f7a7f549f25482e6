'use client';

import { Button } from '@/components/ui/button';
import { OneTimeSecret, SecretLossNotice, useSecretGuard } from '@/components/ui/one-time-secret';
import type { CollectedSecret } from '@/lib/domain/hand-over/hand-over-view';

export interface CollectedPanelProps {
  collected: CollectedSecret;
  onDone: () => void;
}

export function CollectedPanel({ collected, onDone }: CollectedPanelProps) {
  const guard = useSecretGuard(onDone);
  return (
    <>
      <header>
        <h1 className="font-semibold text-lg">The secret of “{collected.keyName}”</h1>
        <p className="mt-1 text-muted text-sm">
          It is shown only now. Keyward has just wiped it and cannot show it again.
        </p>
      </header>
      <OneTimeSecret name={collected.keyName} secret={collected.secret} guard={guard} />
      <SecretLossNotice guard={guard} onLose={onDone} />
      <Button variant={guard.isSafe ? 'primary' : 'secondary'} onClick={guard.close}>
        Done
      </Button>
    </>
  );
}
