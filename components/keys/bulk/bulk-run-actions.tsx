'use client';

import { useRouter } from 'next/navigation';
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
import {
  useCancelBulkRun,
  usePauseBulkRun,
  useResumeBulkRun,
  useRetryBulkRun,
  useUndoBulkRun,
} from '@/lib/client/bulk';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { BulkRunView } from '@/lib/domain/bulk/bulk-view';
import { formatPlural } from '@/lib/utils/format-number';

type Asked = 'cancel' | 'retry' | 'undo';

type Words = { title: string; explains: string; button: string };

/** Decisions about drift are of differences, of which one key may have several. */
const driftQuestions: Record<Asked, (run: BulkRunView) => Words> = {
  cancel: ({ counts }) => ({
    title: `Leave ${formatPlural(counts.waiting, 'difference')} undecided?`,
    explains: 'They stay in the drift inbox. What has begun is finished, and what is done stays done.',
    button: 'Cancel the rest',
  }),
  retry: ({ counts }) => ({
    title: `Try ${formatPlural(counts.refused + counts.cancelled, 'difference')} again?`,
    explains:
      'Where something else is there by now, nothing is done. It runs as a change of its own, at once.',
    button: 'Try the rest again',
  }),
  undo: ({ undoable }) => ({
    title: `Set ${formatPlural(undoable, 'difference')} again as found outside?`,
    explains: 'A key that someone changed since is left as it is. It runs as a change of its own, at once.',
    button: 'Set again what was found',
  }),
};

const questions: Record<Asked, { title: (run: BulkRunView) => string; explains: string; button: string }> = {
  cancel: {
    title: ({ counts }) => `Leave ${formatPlural(counts.waiting, 'key')} as they are?`,
    explains: 'What has begun is finished. What is done stays done, and can be put back afterwards.',
    button: 'Cancel the rest',
  },
  retry: {
    title: ({ counts }) => `Try ${formatPlural(counts.refused + counts.cancelled, 'key')} again?`,
    explains: 'Each is decided on anew, by what it is now. It runs as a change of its own, at once.',
    button: 'Try the rest again',
  },
  undo: {
    title: ({ undoable }) => `Put ${formatPlural(undoable, 'key')} back?`,
    explains:
      'The last one is put back first. A key that someone changed since is left as it is. It runs as a change of its own, at once.',
    button: 'Put the done ones back',
  },
};

function wordsOf(asked: Asked, run: BulkRunView): Words {
  if (run.kind === 'drift') return driftQuestions[asked](run);
  const { title, explains, button } = questions[asked];
  return { title: title(run), explains, button };
}

interface QuestionProps {
  asked: Asked;
  run: BulkRunView;
  onClose: () => void;
}

function Question({ asked, run, onClose }: QuestionProps) {
  const router = useRouter();
  const [frozen] = useState(run);
  const cancel = useCancelBulkRun();
  const retry = useRetryBulkRun();
  const undo = useUndoBulkRun();
  const acts = { cancel, retry, undo };
  const { isPending, error } = acts[asked];
  const { title, explains, button } = wordsOf(asked, frozen);

  async function act() {
    try {
      if (asked === 'cancel') await cancel.mutateAsync({ runId: run.id });
      else {
        const { runId } = await (asked === 'retry' ? retry : undo).mutateAsync({ runId: run.id });
        router.push(`/keys/bulk/${runId}`);
      }
      onClose();
    } catch {
      // Told below, from the mutation's own error.
    }
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen || isPending ? undefined : onClose())}>
      <AlertDialogContent title={title} description={explains}>
        {error ? (
          <Notice tone="bad" live="assertive" title="Nothing was started.">
            {outcomeErrorOf(error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={isPending}>Back</AlertDialogCancel>
          <Button variant="primary" pending={isPending} pendingText="One moment…" onClick={() => void act()}>
            {button}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}

/** Pause, resume, cancel; afterwards try the rest again, or put the done ones back. */
export function BulkRunActions({ run }: { run: BulkRunView }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const pause = usePauseBulkRun();
  const resume = useResumeBulkRun();
  const input = { runId: run.id };
  const onError = (error: unknown) => void toast.error(outcomeErrorOf(error).message);
  return (
    <>
      {run.canPause ? (
        <Button
          pending={pause.isPending}
          pendingText="Pausing…"
          onClick={() => pause.mutate(input, { onError })}
        >
          Pause
        </Button>
      ) : null}
      {run.canResume ? (
        <Button
          variant="primary"
          pending={resume.isPending}
          pendingText="Resuming…"
          onClick={() => resume.mutate(input, { onError })}
        >
          Resume
        </Button>
      ) : null}
      {run.canCancel ? <Button onClick={() => setAsked('cancel')}>Cancel the rest…</Button> : null}
      {run.canUndo ? (
        <Button onClick={() => setAsked('undo')}>
          {run.kind === 'drift' ? 'Set again what was found…' : 'Put the done ones back…'}
        </Button>
      ) : null}
      {run.canRetry ? (
        <Button variant="primary" onClick={() => setAsked('retry')}>
          Try the rest again…
        </Button>
      ) : null}
      {asked ? <Question asked={asked} run={run} onClose={() => setAsked(null)} /> : null}
    </>
  );
}
