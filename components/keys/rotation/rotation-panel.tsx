'use client';

import { useQuery } from '@tanstack/react-query';
import { Panel } from '@/components/layout/page-frame';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Progress } from '@/components/ui/progress';
import { useNow } from '@/components/ui/use-now';
import { keyRotationQuery } from '@/lib/client/rotation';
import type { KeyRotation, RotationView } from '@/lib/domain/rotation/rotation-view';
import { formatDateTime, formatDuration } from '@/lib/utils/format-date';
import { holdText, quietText } from '@/lib/words/rotation-words';
import { RotationActions } from './rotation-actions';
import { SuccessionLine } from './succession-line';

interface RotationPanelProps {
  keyId: number;
  initial: KeyRotation;
  canSteer: boolean;
}

/** A key's rotation, as the page keeps it fresh. */
export function useKeyRotation(keyId: number, initial: KeyRotation): KeyRotation {
  const { data } = useQuery({
    ...keyRotationQuery(keyId),
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.asOf),
    staleTime: 5_000,
  });
  return data;
}

const states: Record<RotationView['state'], { readonly label: string; readonly tone: BadgeTone }> = {
  creating: { label: 'Creating the new key', tone: 'neutral' },
  watching: { label: 'Waiting for quiet', tone: 'accent' },
  retiring: { label: 'Old key stopped', tone: 'warn' },
  done: { label: 'Done', tone: 'ok' },
  cancelled: { label: 'Taken back', tone: 'neutral' },
  failed: { label: 'Came to nothing', tone: 'bad' },
};

function titleOf({ oldKey, newKey, isOpen, state }: RotationView, keyId: number): string {
  const isOld = oldKey.id === keyId;
  if (state === 'failed') return `The rotation of ${oldKey.name} came to nothing`;
  if (newKey === null) return isOld ? 'A new key is to take over from this one' : 'This key is to take over';
  if (state === 'cancelled')
    return `The rotation from ${oldKey.name} to ${newKey.name} ${isOpen ? 'is being' : 'was'} taken back`;
  if (isOpen)
    return isOld
      ? `${newKey.name} is taking over from this key`
      : `This key is taking over from ${oldKey.name}`;
  return isOld ? `${newKey.name} took over from this key` : `This key took over from ${oldKey.name}`;
}

function RotationBody({ view, nowMs }: { view: RotationView; nowMs: number }) {
  const hold = holdText(view, nowMs);
  const neededMs = view.quietHours * 3_600_000;
  const isCounting = view.state === 'watching' && view.isOpen;
  return (
    <div className="flex flex-col gap-2">
      {isCounting ? (
        <>
          <p>{quietText(view, nowMs)}</p>
          <Progress
            label="Quiet so far"
            value={view.quietMs / neededMs}
            valueText={`${formatDuration(Math.min(view.quietMs, neededMs))} of ${view.quietHours} h`}
          />
        </>
      ) : null}
      {hold ? (
        <p
          role="status"
          className={view.hold === 'grace' || view.hold === 'creating' ? undefined : 'text-warn'}
        >
          {hold}
        </p>
      ) : null}
      {view.failure && view.hold !== 'refused' && view.state === 'failed' ? (
        <p className="text-bad">{view.failure}</p>
      ) : null}
      <p className="text-muted text-xs">
        Begun {formatDateTime(view.startedAt)}
        {view.startedByName ? ` by ${view.startedByName}` : ''}
        {view.finishedAt ? `, ended ${formatDateTime(view.finishedAt)}` : ''}.
      </p>
    </div>
  );
}

/** Where a rotation stands and what a person can do about it; nothing for a key without one. */
export function RotationPanel({ keyId, initial, canSteer }: RotationPanelProps) {
  const { line, rotation, asOf } = useKeyRotation(keyId, initial);
  const nowMs = useNow(Date.parse(asOf));
  if (rotation === null && line.length < 2) return null;
  const isShown = rotation !== null && (rotation.isOpen || rotation.state !== 'done');
  return (
    <Panel className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-semibold text-base">
          {rotation ? titleOf(rotation, keyId) : 'One line of succession'}
        </h2>
        {rotation ? <Badge tone={states[rotation.state].tone}>{states[rotation.state].label}</Badge> : null}
      </div>
      {isShown ? <RotationBody view={rotation} nowMs={nowMs} /> : null}
      {line.length > 1 ? <SuccessionLine line={line} keyId={keyId} /> : null}
      {isShown && canSteer && rotation.isOpen ? <RotationActions view={rotation} nowMs={nowMs} /> : null}
    </Panel>
  );
}
