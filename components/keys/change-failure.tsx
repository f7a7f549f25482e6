'use client';

import { DifferenceList } from '@/components/ui/difference-list';
import { Notice } from '@/components/ui/notice';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { lastChangeOf, toldChangeOf } from '@/lib/domain/changes/change-facts';
import { formatDateTime } from '@/lib/utils/format-date';
import { changeWords } from '@/lib/words/change-words';
import { differencesOf } from '@/lib/words/record-words';
import { ChangeCheck } from './change-check';

interface ChangeFailureProps {
  /** What the mutation failed with; nothing is shown while it is null. */
  failure: unknown;
  /** What surely did not happen. */
  title: string;
}

/** Why a change did not come through: not known yet, someone else at it, someone else faster, or refused. */
export function ChangeFailure({ failure, title }: ChangeFailureProps) {
  if (!failure) return null;
  const error = outcomeErrorOf(failure);
  const told = toldChangeOf(error);
  if (told?.isOwn) return <ChangeCheck changeId={told.changeId} said={error.message} />;
  const last = lastChangeOf(error);
  if (told === null && last === null) {
    return (
      <Notice tone="bad" live="assertive" title={title}>
        {error.message}
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="warn" live="assertive" title={title}>
        {error.message}
        {last ? (
          <>
            <span className="mt-2 block">
              {last.changedBy}: {changeWords[last.kind].toLowerCase()}
              {last.settledAt ? `, ${formatDateTime(last.settledAt)}` : ''}
            </span>
            <DifferenceList items={differencesOf(null, last.after)} />
          </>
        ) : null}
      </Notice>
      {told ? <ChangeCheck changeId={told.changeId} said="Looking how that one ended…" /> : null}
    </>
  );
}
