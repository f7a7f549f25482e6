'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ChangeView } from '@/lib/domain/changes/change-view';
import { formatPlural } from '@/lib/utils/format-number';
import { changeStateWords } from '@/lib/words/change-words';

interface OpenChangeListProps {
  changes: readonly ChangeView[];
  now: number;
}

/** Changes without a certain outcome, and what Keyward does about them. */
export function OpenChangeList({ changes, now }: OpenChangeListProps) {
  return (
    <ul className="divide-y divide-line rounded-panel border border-line bg-panel">
      {changes.map((change) => {
        const state = changeStateWords[change.state];
        return (
          <li key={change.id} className="flex flex-col gap-1 px-3.5 py-2.5">
            <p className="flex flex-wrap items-center gap-2">
              {change.keyId === null ? (
                <strong className="font-medium [overflow-wrap:anywhere]">{change.keyName}</strong>
              ) : (
                <Link
                  href={`/keys/${change.keyId}`}
                  prefetch={false}
                  className="rounded-tag font-medium [overflow-wrap:anywhere] hover:underline"
                >
                  {change.keyName}
                </Link>
              )}
              <Badge tone={state.tone}>{state.label}</Badge>
            </p>
            <p className="[overflow-wrap:anywhere]">{change.sentence}</p>
            <p className="text-muted text-xs">
              {change.actorName} · {change.connectionName} · <RelativeTime at={change.plannedAt} now={now} />
              {change.checks > 0 ? ` · looked ${formatPlural(change.checks, 'time')}` : null}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
