'use client';

import { useState } from 'react';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogFooter,
} from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { useDecideLostCreate } from '@/lib/client/changes';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { IncidentView } from '@/lib/domain/changes/incident';
import { formatDateTime } from '@/lib/utils/format-date';
import { limitText } from '@/lib/words/limit-words';
import type { Candidate } from './incident-facts';

interface LostCreateProps {
  incident: IncidentView;
  changeId: string;
  candidates: readonly Candidate[];
  /** Whether the person may answer. */
  canDecide: boolean;
}

function CandidateFacts({ candidate }: { candidate: Candidate }) {
  const { name, externalId, limit, createdAt, maskedLabel } = candidate;
  return (
    <div className="min-w-0 flex-1">
      <strong className="font-medium [overflow-wrap:anywhere]">{name}</strong>
      {maskedLabel ? <span className="ml-2 font-mono text-muted text-xs">{maskedLabel}</span> : null}
      <p className="text-muted text-xs [overflow-wrap:anywhere]">
        {limitText(limit)} · {createdAt ? `created ${formatDateTime(createdAt)}` : 'creation time not told'} ·{' '}
        <span className="font-mono">{externalId}</span>
      </p>
    </div>
  );
}

/** A candidate that was chosen, or `none` of them. */
type Answer = Candidate | 'none';

interface QuestionProps {
  answer: Answer;
  incident: IncidentView;
  changeId: string;
  onClose: () => void;
}

function Question({ answer, incident, changeId, onClose }: QuestionProps) {
  const decide = useDecideLostCreate();
  const isNone = answer === 'none';

  async function act() {
    try {
      await decide.mutateAsync({ changeId, externalId: isNone ? null : answer.externalId });
      toast(isNone ? 'Nothing was touched.' : `${answer.name} is being stopped and deleted.`);
      onClose();
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || decide.isPending ? undefined : onClose())}>
      <AlertDialogContent
        title={isNone ? 'None of them came from it?' : `Stop and delete “${answer.name}”?`}
        description={
          isNone
            ? 'The create then counts as not done, and none of these keys is touched.'
            : `Nobody ever saw its secret. ${incident.connectionName ?? 'The provider'} revokes it for good; if something runs on it, it was not the lost one.`
        }
      >
        {decide.error ? (
          <Notice tone="bad" live="assertive" title="It was not settled.">
            {outcomeErrorOf(decide.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={decide.isPending} />
          <Button
            variant={isNone ? 'primary' : 'danger'}
            pending={decide.isPending}
            pendingText="One moment…"
            onClick={() => void act()}
          >
            {isNone ? 'None of them' : 'Stop and delete it'}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}

/** Asks which key came from a create whose answer was lost. */
export function LostCreate({ incident, changeId, candidates, canDecide }: LostCreateProps) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  return (
    <>
      <ul aria-label="Keys in question" className="divide-y divide-line rounded-control border border-line">
        {candidates.map((candidate) => (
          <li key={candidate.externalId} className="flex flex-wrap items-center gap-3 px-3 py-2">
            <CandidateFacts candidate={candidate} />
            {canDecide ? (
              <Button size="sm" variant="danger" onClick={() => setAnswer(candidate)}>
                This is the one: stop and delete it…
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {canDecide ? (
        <div>
          <Button size="sm" onClick={() => setAnswer('none')}>
            None of them…
          </Button>
        </div>
      ) : null}
      {answer ? (
        <Question answer={answer} incident={incident} changeId={changeId} onClose={() => setAnswer(null)} />
      ) : null}
    </>
  );
}
