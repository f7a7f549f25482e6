'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useCollectHandOver, useConfirmCollected } from '@/lib/client/hand-over';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { unknownLinkWords } from '@/lib/domain/hand-over/hand-over-state';
import type { CollectedSecret, PickUpView } from '@/lib/domain/hand-over/hand-over-view';
import { useLinkKey } from './use-link-key';

/** Someone else was faster, or the session has ended. */
const REDRAWN: ReadonlySet<string> = new Set(['conflict', 'signed_out', 'forbidden']);

export interface RevealPanelProps {
  handOverId: string;
  view: PickUpView;
  signIn: ReactNode;
  onRevealed: (secret: CollectedSecret) => void;
}

/** The click, and what stands before it. */
export function RevealPanel({ handOverId, view, signIn, onRevealed }: RevealPanelProps) {
  const linkKey = useLinkKey();
  if (linkKey === null)
    return (
      <Notice tone="warn" title={`${unknownLinkWords.title}.`}>
        {unknownLinkWords.text}
      </Notice>
    );
  switch (view.access) {
    case 'sign_in':
      return (
        <>
          <p className="text-sm">
            {view.recipientName
              ? `It is meant for ${view.recipientName}. Sign in to reveal it.`
              : 'Sign in to reveal it.'}
          </p>
          {signIn}
        </>
      );
    case 'other_person':
      return (
        <Notice tone="warn" title={`This is meant for ${view.recipientName ?? 'someone else'}.`}>
          You are signed in as someone else. It still waits: nothing was revealed.
        </Notice>
      );
    case 'open':
      return <RevealButton handOverId={handOverId} linkKey={linkKey} onRevealed={onRevealed} />;
  }
}

interface RevealButtonProps extends Pick<RevealPanelProps, 'handOverId' | 'onRevealed'> {
  linkKey: string | undefined;
}

function RevealButton({ handOverId, linkKey, onRevealed }: RevealButtonProps) {
  const router = useRouter();
  const collect = useCollectHandOver();
  const { mutate: confirm } = useConfirmCollected();
  const error = collect.error ? outcomeErrorOf(collect.error) : null;
  const isLost = error?.code === 'internal' && error.ref === undefined;

  async function reveal() {
    if (linkKey === undefined) return;
    try {
      const secret = await collect.mutateAsync({ handOverId, linkKey });
      collect.reset();
      onRevealed(secret);
      confirm({ handOverId, linkKey });
    } catch (failure) {
      // Told below by the mutation's own error; where the page itself can tell it better, it is drawn anew.
      if (REDRAWN.has(outcomeErrorOf(failure).code)) router.refresh();
    }
  }

  return (
    <>
      {error ? (
        <Notice tone="bad" live="assertive">
          {isLost
            ? 'The answer did not arrive. Try again: if the secret was given out already, ask the sender for a new key.'
            : error.message}
        </Notice>
      ) : null}
      <Button
        variant="primary"
        disabled={linkKey === undefined}
        pending={collect.isPending}
        pendingText="Revealing…"
        onClick={() => void reveal()}
      >
        Reveal the secret
      </Button>
      <p className="text-muted text-xs">Reveal it where you can store it at once.</p>
    </>
  );
}
