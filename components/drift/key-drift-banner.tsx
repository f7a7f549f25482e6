'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import { keyDriftQuery } from '@/lib/client/drift';
import type { DriftList, DriftView } from '@/lib/domain/drift/drift-view';
import { toUtcDay } from '@/lib/utils/format-date';
import { circumstances, driftKindWords, valueText } from '@/lib/words/drift-words';
import { DecideDialog } from './decide-dialog';
import { DriftActions } from './drift-actions';
import type { Decision } from './use-decide';

interface KeyDriftBannerProps {
  keyId: number;
  /** What the server drew the page with. */
  initial: DriftList;
  now: number;
}

type Asked = { readonly decision: Decision; readonly items: readonly DriftView[] } | null;

/** On the key's own page: what was changed outside, and what can become of it. */
export function KeyDriftBanner({ keyId, initial, now }: KeyDriftBannerProps) {
  const { data } = useQuery({ ...keyDriftQuery(keyId), initialData: initial, initialDataUpdatedAt: now });
  const [asked, setAsked] = useState<Asked>(null);
  return (
    <>
      {data.items.map((item) => (
        <Notice
          key={item.id}
          tone="warn"
          title={`${driftKindWords[item.kind]} outside Keyward.`}
          actions={
            data.canDecide ? (
              <DriftActions item={item} onDecide={(decision, items) => setAsked({ decision, items })} />
            ) : null
          }
        >
          Last seen: {valueText(item.kind, item.lastSeen) ?? 'not known'}. There now:{' '}
          {valueText(item.kind, item.found) ?? 'not known'}. Found{' '}
          <RelativeTime at={item.foundAt} now={now} />.
          {circumstances(item).map((sentence) => (
            <span key={sentence} className="block">
              {sentence}
            </span>
          ))}
        </Notice>
      ))}
      {asked ? <DecideDialog {...asked} today={toUtcDay(now)} onClose={() => setAsked(null)} /> : null}
    </>
  );
}
