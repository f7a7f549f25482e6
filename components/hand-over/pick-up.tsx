'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { KeyValueList } from '@/components/ui/key-value-list';
import { closedLinkWords } from '@/lib/domain/hand-over/hand-over-state';
import type { CollectedSecret, PickUpView } from '@/lib/domain/hand-over/hand-over-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { CollectedPanel } from './collected-panel';
import { PickUpMessage } from './pick-up-message';
import { RevealPanel } from './reveal-panel';
import { forgetLinkKey } from './use-link-key';

export interface PickUpProps {
  handOverId: string;
  view: PickUpView;
  /** The sign-in form, shown in place so that the address keeps its fragment. */
  signIn: ReactNode;
}

const CLOSED_TITLES = {
  collected: 'The secret was picked up',
  revoked: 'This hand-over was withdrawn',
  expired: 'This hand-over has expired',
} as const;

/** The secret lives in this component's memory, from the click until it is closed or the page is left. */
export function PickUp({ handOverId, view, signIn }: PickUpProps) {
  const [collected, setCollected] = useState<CollectedSecret | null>(null);
  const [isDone, setDone] = useState(false);

  useEffect(() => {
    if (!collected) return;
    // A page that is left may be kept whole for the Back button: it must not keep the secret.
    const forget = () =>
      flushSync(() => {
        setCollected(null);
        setDone(true);
      });
    window.addEventListener('pagehide', forget);
    return () => window.removeEventListener('pagehide', forget);
  }, [collected]);

  function reveal(secret: CollectedSecret) {
    forgetLinkKey();
    setCollected(secret);
  }

  function close() {
    setCollected(null);
    setDone(true);
  }

  if (collected) return <CollectedPanel collected={collected} onDone={close} />;
  if (isDone) {
    return (
      <PickUpMessage title="That was the secret">
        It is not held here any more, and this link opens nothing now. Whoever lost it asks {view.senderName}{' '}
        for a new key.
      </PickUpMessage>
    );
  }
  if (view.state !== 'waiting') {
    const when = view.state === 'collected' && view.collectedAt ? formatDateTime(view.collectedAt) : null;
    return (
      <PickUpMessage title={CLOSED_TITLES[view.state]}>
        {when ? `On ${when}. ` : null}
        {closedLinkWords[view.state]}
      </PickUpMessage>
    );
  }
  return (
    <>
      <header>
        <h1 className="font-semibold text-lg">A secret for you</h1>
        <p className="mt-1 text-muted text-sm">
          {view.senderName} hands you the secret of an API key. It can be revealed once, by one person.
        </p>
      </header>
      <KeyValueList
        items={[
          { label: 'From', value: view.senderName },
          { label: 'Key', value: view.keyName },
          { label: 'Provider', value: view.providerName },
          { label: 'Until', value: formatDateTime(view.expiresAt) },
        ]}
      />
      <RevealPanel handOverId={handOverId} view={view} signIn={signIn} onRevealed={reveal} />
    </>
  );
}
