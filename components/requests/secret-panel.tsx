'use client';

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { OneTimeSecret, SecretLossNotice, useSecretGuard } from '@/components/ui/one-time-secret';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useCollectRequestSecret, useConfirmRequestSecret } from '@/lib/client/requests';
import type { HandOverState } from '@/lib/domain/hand-over/hand-over-state';
import type { CollectedSecret } from '@/lib/domain/hand-over/hand-over-view';
import { formatDateTime } from '@/lib/utils/format-date';

const closedWords: Record<Exclude<HandOverState, 'waiting'>, string> = {
  collected: 'You picked the secret up. Keyward does not hold it any more.',
  revoked: 'The secret was withdrawn before it was picked up. Ask for a new key.',
  expired: 'The secret was not picked up in time, and its key was stopped. Ask for a new key.',
};

interface SecretPanelProps {
  requestId: string;
  secret: { readonly state: HandOverState; readonly expiresAt: string };
}

/** The secret of the granted key, for the requester alone; it lives in this component's memory until it is closed. */
export function SecretPanel({ requestId, secret }: SecretPanelProps) {
  const [collected, setCollected] = useState<CollectedSecret | null>(null);
  const collect = useCollectRequestSecret();
  const { mutate: confirm } = useConfirmRequestSecret();

  useEffect(() => {
    if (!collected) return;
    // A page that is left may be kept whole for the Back button: it must not keep the secret.
    const forget = () => flushSync(() => setCollected(null));
    window.addEventListener('pagehide', forget);
    return () => window.removeEventListener('pagehide', forget);
  }, [collected]);

  async function reveal() {
    const found = await collect.mutateAsync({ requestId });
    collect.reset();
    setCollected(found);
    confirm({ requestId });
  }

  if (collected) return <Collected collected={collected} onDone={() => setCollected(null)} />;
  if (secret.state !== 'waiting') return <Notice tone="info">{closedWords[secret.state]}</Notice>;
  return (
    <Notice
      tone="info"
      title="The secret of your new key waits here, for you alone."
      actions={
        <Button
          variant="primary"
          pending={collect.isPending}
          pendingText="Revealing…"
          onClick={() => void reveal().catch(() => undefined)}
        >
          Reveal the secret
        </Button>
      }
    >
      It can be revealed once, until {formatDateTime(secret.expiresAt)}.
      {collect.error ? <span role="alert"> {outcomeErrorOf(collect.error).message}</span> : null}
    </Notice>
  );
}

function Collected({ collected, onDone }: { collected: CollectedSecret; onDone: () => void }) {
  const guard = useSecretGuard(onDone);
  return (
    <section aria-label={`The secret of ${collected.keyName}`} className="flex flex-col gap-3">
      <p className="text-sm">It is shown only now. Keyward has just wiped it and cannot show it again.</p>
      <OneTimeSecret name={collected.keyName} secret={collected.secret} guard={guard} />
      <SecretLossNotice guard={guard} onLose={onDone} />
      <Button variant={guard.isSafe ? 'primary' : 'secondary'} className="self-start" onClick={guard.close}>
        Done
      </Button>
    </section>
  );
}
