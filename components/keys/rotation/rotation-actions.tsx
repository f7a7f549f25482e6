'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useGoBack, useWaitLonger } from '@/lib/client/rotation';
import type { RotationView } from '@/lib/domain/rotation/rotation-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { backText, GoBackDialog } from './go-back-dialog';
import { RetireNowDialog } from './retire-now-dialog';

const A_DAY = 24;

function backTitle({ canDisable, newKey }: RotationView): string | undefined {
  return canDisable ? `${newKey?.name ?? 'The new key'} is disabled, the old key stays` : undefined;
}

/** Wait longer, retire at once, or go back: each as long as there is something to it. */
export function RotationActions({ view, nowMs }: { view: RotationView; nowMs: number }) {
  const [open, setOpen] = useState<'retire' | 'back' | null>(null);
  const waiting = useWaitLonger();
  const back = useGoBack();
  const canSteer = view.state === 'watching' || view.state === 'retiring';
  if (!canSteer || view.hold === 'paused') return null;
  const isWatching = view.state === 'watching';
  const canRetire = isWatching || view.hold === 'taken_back';

  function wait() {
    waiting.mutate(
      { rotationId: view.id, hours: A_DAY },
      {
        onSuccess: ({ earliest }) =>
          toast(`${view.oldKey.name} stays until ${formatDateTime(earliest ?? nowMs)} at least.`),
      },
    );
  }

  /** Where the new key can be disabled nothing final happens, so that no one need be asked. */
  function goBack() {
    if (!view.canDisable) {
      setOpen('back');
      return;
    }
    back.mutate({ rotationId: view.id }, { onSuccess: (after) => toast(backText(after)) });
  }

  const failure = waiting.error ?? back.error;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {isWatching ? (
          <Button pending={waiting.isPending} pendingText="Waiting longer…" onClick={wait}>
            Wait a day longer
          </Button>
        ) : null}
        {canRetire ? <Button onClick={() => setOpen('retire')}>Retire now…</Button> : null}
        <Button pending={back.isPending} pendingText="Going back…" onClick={goBack} title={backTitle(view)}>
          {view.canDisable ? 'Go back' : 'Go back…'}
        </Button>
      </div>
      {failure ? (
        <Notice tone="bad" live="assertive">
          {outcomeErrorOf(failure).message}
        </Notice>
      ) : null}
      {open === 'retire' ? <RetireNowDialog view={view} onClose={() => setOpen(null)} /> : null}
      {open === 'back' ? <GoBackDialog view={view} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}
