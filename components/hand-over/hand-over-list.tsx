'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { handOversQuery } from '@/lib/client/hand-over';
import type { HandOverView } from '@/lib/domain/hand-over/hand-over-view';
import { audienceText, handOverStateWords, outcomeText } from './hand-over-words';
import { WithdrawDialog } from './withdraw-dialog';

export interface HandOverListProps {
  /** Of one key; of all keys within reach without it. */
  keyId?: number;
  initial: readonly HandOverView[];
  canWithdraw: boolean;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

/** Whether sealed secrets were picked up; nothing where there are none. */
export function HandOverList({ keyId, initial, canWithdraw, now }: HandOverListProps) {
  const [withdrawn, setWithdrawn] = useState<HandOverView | null>(null);
  const { data: views } = useQuery({
    ...handOversQuery(keyId),
    initialData: initial,
    initialDataUpdatedAt: now,
  });
  if (views.length === 0) return null;
  return (
    <section aria-label="Hand-overs" className="rounded-panel border border-line bg-panel p-4">
      <h2 className="mb-1 font-semibold text-base">{keyId === undefined ? 'Hand-overs' : 'Hand-over'}</h2>
      <ul className="divide-y divide-line">
        {views.map((view) => (
          <li key={view.id} className="flex flex-col gap-1 py-2 text-sm last:pb-0">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge tone={handOverStateWords[view.state].tone}>{handOverStateWords[view.state].label}</Badge>
              {keyId === undefined ? (
                <Link href={`/keys/${view.keyId}`} className="font-semibold hover:underline">
                  {view.keyName}
                </Link>
              ) : null}
              <RelativeTime at={view.createdAt} now={now} className="ml-auto text-muted text-xs" />
            </div>
            <p>{audienceText(view)}</p>
            <p className="text-muted text-xs">
              {outcomeText(view)} Sent by {view.senderName}.
            </p>
            {canWithdraw && view.state === 'waiting' ? (
              <div className="pt-1">
                <Button size="sm" onClick={() => setWithdrawn(view)}>
                  Withdraw…
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {withdrawn ? <WithdrawDialog handOver={withdrawn} onClose={() => setWithdrawn(null)} /> : null}
    </section>
  );
}
