'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Countdown } from '@/components/ui/countdown';
import { Notice } from '@/components/ui/notice';
import { useNow } from '@/components/ui/use-now';
import { keyRaisesQuery } from '@/lib/client/raises';
import type { KeyRaises, RaiseView } from '@/lib/domain/raises/raise-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { limitText } from '@/lib/words/limit-words';
import { EndRaiseDialog } from './end-raise-dialog';
import { ExtendRaiseDialog } from './extend-raise-dialog';

interface KeyRaisesBannerProps {
  keyId: number;
  keyName: string;
  /** What the server drew the page with. */
  initial: KeyRaises;
  canUpdate: boolean;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

type Asked = { readonly kind: 'extend' | 'end'; readonly raise: RaiseView } | null;

const LATE_AFTER_MS = 15_000;

function Words({ raise, isLate }: { raise: RaiseView; isLate: boolean }) {
  const { startedByName, reason, requestId, failure } = raise;
  return (
    <>
      {isLate
        ? `It should have ended ${formatDateTime(raise.endsAt)}. ${failure ?? ''} Keyward keeps trying. `
        : `Then ${limitText(raise.base)} again, by itself. `}
      {startedByName ? `${startedByName} raised it` : 'Raised'}
      {reason ? `: “${reason}”` : ''}.
      {requestId ? (
        <>
          {' '}
          <Link href={`/requests/${requestId}`} prefetch={false} className="rounded-tag underline">
            The request
          </Link>
        </>
      ) : null}
    </>
  );
}

interface OneRaiseProps {
  raise: RaiseView;
  now: number;
  canUpdate: boolean;
  onAsk: (asked: Asked) => void;
}

function OneRaise({ raise, now, canUpdate, onAsk }: OneRaiseProps) {
  const present = useNow(now, 5_000);
  if (raise.state === 'planned') {
    return (
      <Notice title={`A raise to ${limitText(raise.raised)} is on its way.`}>
        Whether it took effect is not known yet. It ends {formatDateTime(raise.endsAt)} in any case.
      </Notice>
    );
  }
  const isLate = Date.parse(raise.endsAt) + LATE_AFTER_MS < present;
  return (
    <Notice
      tone={isLate ? 'bad' : 'info'}
      live={isLate ? 'assertive' : undefined}
      title={
        <>
          {isLate ? 'Still raised' : 'Raised'} to {limitText(raise.raised)} until{' '}
          {formatDateTime(raise.endsAt)} <Countdown at={raise.endsAt} now={now} className="mx-1 bg-panel" />
        </>
      }
      actions={
        canUpdate ? (
          <>
            <Button size="sm" onClick={() => onAsk({ kind: 'extend', raise })}>
              Change end
            </Button>
            <Button size="sm" onClick={() => onAsk({ kind: 'end', raise })}>
              End now
            </Button>
          </>
        ) : null
      }
    >
      <Words raise={raise} isLate={isLate} />
    </Notice>
  );
}

/** The raises that hold on a key: how long still, what comes after, and the ways to change that. */
export function KeyRaisesBanner({ keyId, keyName, initial, canUpdate, now }: KeyRaisesBannerProps) {
  const { data } = useQuery({ ...keyRaisesQuery(keyId), initialData: initial, initialDataUpdatedAt: now });
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  return (
    <>
      {data.open.map((raise) => (
        <OneRaise key={raise.id} raise={raise} now={now} canUpdate={canUpdate} onAsk={setAsked} />
      ))}
      {data.open.length > 1 && data.held ? (
        <p className="text-muted text-sm">
          Of several raises the highest holds: {limitText(data.held)}. When it ends, the next highest does.
        </p>
      ) : null}
      {data.foundInstead ? (
        <Notice tone="warn" title={`The limit is ${limitText(data.foundInstead)}, not what the raise set.`}>
          At the end of the raise nothing is overwritten: the difference is put on the drift list.
        </Notice>
      ) : null}
      {asked?.kind === 'extend' ? (
        <ExtendRaiseDialog keyName={keyName} raise={asked.raise} onClose={close} />
      ) : null}
      {asked?.kind === 'end' ? (
        <EndRaiseDialog
          keyName={keyName}
          raise={asked.raise}
          hasOthers={data.open.length > 1}
          onClose={close}
        />
      ) : null}
    </>
  );
}
