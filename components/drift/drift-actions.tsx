'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import type { Decision } from './use-decide';

interface DriftActionsProps {
  item: DriftView;
  onDecide: (decision: Decision, items: readonly DriftView[]) => void;
}

const wayWords = { disable: 'Disable', delete: 'Delete' } as const;

/** What can become of one difference, or the bulk change that is deciding on it. */
export function DriftActions({ item, onDecide }: DriftActionsProps) {
  const ask = (decision: Decision) => () => onDecide(decision, [item]);
  if (item.runId !== null) {
    return (
      <Link
        href={`/keys/bulk/${item.runId}`}
        prefetch={false}
        className="inline-block min-h-6 rounded-tag text-accent leading-6 hover:underline"
      >
        Being decided<span className="sr-only"> for {item.keyName}: see how far it is</span>…
      </Link>
    );
  }
  const about = ` what was changed of ${item.keyName}`;
  return (
    <div className="flex flex-wrap justify-end gap-1.5 max-sm:justify-start">
      <Button size="sm" onClick={ask('adopt')}>
        Adopt<span className="sr-only">{about}</span>
      </Button>
      {item.putBack.can ? (
        <Button size="sm" onClick={ask('put_back')}>
          Put back<span className="sr-only">{about}</span>
        </Button>
      ) : null}
      {item.ways.map((way) => (
        <Button key={way} size="sm" onClick={ask(way)}>
          {wayWords[way]}
          <span className="sr-only"> {item.keyName}</span>
        </Button>
      ))}
      <Button size="sm" variant="ghost" onClick={ask('ignore')}>
        Put off until…<span className="sr-only">{about}</span>
      </Button>
    </div>
  );
}
