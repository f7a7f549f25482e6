'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { DifferenceList } from '@/components/ui/difference-list';
import { RelativeTime } from '@/components/ui/relative-time';
import type { KeyChangeView, KeyDetail } from '@/lib/domain/keys/key-detail';
import { changeStateWords, changeWords } from '@/lib/words/change-words';
import { differencesOf } from '@/lib/words/record-words';

/** Often enough that a change made a moment ago never seems to lie ahead. */
const CLOCK_MS = 5_000;

interface KeyHistoryProps {
  keyId: number;
  detail: Pick<KeyDetail, 'changes' | 'hasMoreChanges'>;
  nowMs: number;
  canReadAudit: boolean;
}

interface ChangeItemProps {
  change: KeyChangeView;
  nowMs: number;
}

function ChangeItem({ change, nowMs }: ChangeItemProps) {
  const state = changeStateWords[change.state];
  const differences = differencesOf(change.before, change.after);
  return (
    <li className="flex flex-col gap-1 px-3.5 py-3">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <strong className="font-medium">{changeWords[change.kind]}</strong>
        <Badge tone={state.tone}>{state.label}</Badge>
        {change.keyName ? <span className="text-muted text-xs">on {change.keyName}</span> : null}
        <span className="ml-auto text-muted text-xs max-sm:ml-0 max-sm:w-full">
          {change.actorName} · <RelativeTime at={change.at} now={nowMs} intervalMs={CLOCK_MS} />
        </span>
      </p>
      {differences.length > 0 ? <DifferenceList items={differences} className="text-sm" /> : null}
      {change.reason ? <p className="text-muted text-sm">“{change.reason}”</p> : null}
      {change.failure ? <p className="text-bad text-sm">{change.failure}</p> : null}
      {change.settlement ? <p className="text-muted text-sm">{change.settlement}</p> : null}
    </li>
  );
}

/** Who changed what on a key, why, and how it ended; newest first. */
export function KeyHistory({ keyId, detail, nowMs, canReadAudit }: KeyHistoryProps) {
  const { changes, hasMoreChanges } = detail;
  return (
    <section aria-labelledby="key-history" className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="key-history" className="font-semibold text-base">
          Changes
        </h2>
        {canReadAudit ? (
          <Link
            href={`/audit?key=${keyId}`}
            prefetch={false}
            className="rounded-tag text-accent text-xs underline underline-offset-2"
          >
            In the audit log
          </Link>
        ) : null}
      </div>
      {changes.length === 0 ? (
        <p className="rounded-panel border border-line bg-panel px-3.5 py-3 text-muted">
          Nothing was changed through Keyward yet. Each change will stand here with who and why.
        </p>
      ) : (
        <ol className="divide-y divide-line rounded-panel border border-line bg-panel">
          {changes.map((change) => (
            <ChangeItem key={change.id} change={change} nowMs={nowMs} />
          ))}
        </ol>
      )}
      {hasMoreChanges ? (
        <p className="text-muted text-xs">
          The latest {changes.length}. {canReadAudit ? 'Older ones stand in the audit log.' : null}
        </p>
      ) : null}
    </section>
  );
}
