'use client';

import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { OneTimeSecret, SecretLossNotice, useSecretGuard } from '@/components/ui/one-time-secret';
import { useConfirmSecret } from '@/lib/client/keys';

export type NewSecret = {
  /** Of the creation, to confirm that the secret was shown; absent where nobody waits for that. */
  readonly changeId?: string | undefined;
  readonly name: string;
  readonly secret: string;
  readonly connectionName: string;
  readonly shortfalls: readonly string[];
};

interface SecretRevealProps {
  secret: NewSecret;
  onDone: () => void;
}

/** The secret, once: it lives in this component's memory, and closing asks whether it was taken. */
export function SecretReveal({ secret, onDone }: SecretRevealProps) {
  const guard = useSecretGuard(onDone);
  const { mutate: confirm } = useConfirmSecret();
  const { changeId } = secret;
  useEffect(() => {
    if (changeId !== undefined) confirm(changeId);
  }, [changeId, confirm]);
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : guard.close())}>
      <DialogContent onInteractOutside={(event) => event.preventDefault()}>
        <DialogHeader
          title={`“${secret.name}” was created`}
          description={`This is its secret. It is shown only now: neither Keyward nor ${secret.connectionName} can show it again.`}
        />
        <DialogBody>
          <OneTimeSecret name={secret.name} secret={secret.secret} guard={guard} />
          <Shortfalls shortfalls={secret.shortfalls} />
          <SecretLossNotice guard={guard} onLose={onDone} />
        </DialogBody>
        <DialogFooter>
          <Button variant={guard.isSafe ? 'primary' : 'secondary'} onClick={guard.close}>
            Done
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** What of the wish did not take effect after the key was there. */
export function Shortfalls({ shortfalls }: { shortfalls: readonly string[] }) {
  if (shortfalls.length === 0) return null;
  return (
    <Notice tone="warn" title="The key exists, but not everything took effect.">
      {shortfalls.join(' ')}
    </Notice>
  );
}
