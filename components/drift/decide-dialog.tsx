'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { DifferenceList } from '@/components/ui/difference-list';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import { formatDayYear } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';
import { circumstances, driftKindWords, putBackText, valueText } from '@/lib/words/drift-words';
import { type Decision, useDecide } from './use-decide';

const MOST_LISTED = 8;

const words: Record<Decision, { title: string; consequence: string; action: string; pending: string }> = {
  adopt: {
    title: 'Adopt what is there',
    consequence: 'What was found counts as right from now on. Nothing is sent to the provider.',
    action: 'Adopt',
    pending: 'Adopting…',
  },
  put_back: {
    title: 'Put back what was there',
    consequence: 'Takes effect at the provider at once, if exactly this is still there.',
    action: 'Put back',
    pending: 'Putting back…',
  },
  disable: {
    title: 'Disable the key',
    consequence: 'Whatever runs on it fails from then on. It can be enabled again.',
    action: 'Disable key',
    pending: 'Disabling…',
  },
  delete: {
    title: 'Delete the key',
    consequence: 'Whatever runs on it fails. Its page tells what still uses it, and offers gentler ways.',
    action: 'Delete key',
    pending: 'Deleting…',
  },
  ignore: {
    title: 'Put the decision off',
    consequence: 'It is asked again on that day, and at once when something else is found.',
    action: 'Put off',
    pending: 'Putting off…',
  },
};

interface DecideDialogProps {
  decision: Decision;
  items: readonly DriftView[];
  today: string;
  onClose: () => void;
}

function ItemLine({ item, decision }: { item: DriftView; decision: Decision }) {
  const before = valueText(item.kind, decision === 'put_back' ? item.found : item.lastSeen);
  const after =
    decision === 'put_back' ? (putBackText(item) ?? 'as it was') : valueText(item.kind, item.found);
  return (
    <li className="border-line border-b py-2 last:border-b-0">
      <p className="font-semibold [overflow-wrap:anywhere]">
        {item.keyName} <span className="font-normal text-muted">at {item.connectionName}</span>
      </p>
      <DifferenceList items={[{ label: driftKindWords[item.kind], before, after }]} className="text-sm" />
      {circumstances(item).map((sentence) => (
        <p key={sentence} className="text-muted text-xs">
          {sentence}
        </p>
      ))}
    </li>
  );
}

/** What one decision will do to some differences, exactly as they were shown, and how it went. */
export function DecideDialog({ decision, items: liveItems, today, onClose }: DecideDialogProps) {
  const [items] = useState(liveItems);
  const [reason, setReason] = useState('');
  const [day, setDay] = useState('');
  const [typedName, setTypedName] = useState('');
  const { decide, problem, isPending } = useDecide(decision, items);
  const [only] = items.length === 1 ? items : [];
  const { title, consequence, action, pending } = words[decision];
  const isReady =
    (decision !== 'ignore' || day > today) && (decision !== 'delete' || typedName.trim() === only?.keyName);

  async function submit() {
    if (!(await decide({ reason, until: `${day || today}T00:00:00.000Z`, typedName }))) return;
    const until = decision === 'ignore' ? ` until ${formatDayYear(day)}` : '';
    if (only) toast(`${only.keyName}: ${action.toLowerCase()}${until}, done.`);
    else toast(`${formatPlural(items.length, 'difference')}: begun. It goes on when this page is closed.`);
    onClose();
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || isPending ? undefined : onClose())}>
      <DialogContent>
        <DialogHeader title={title} description={consequence} />
        <DialogBody>
          <ul>
            {items.slice(0, MOST_LISTED).map((item) => (
              <ItemLine key={item.id} item={item} decision={decision} />
            ))}
          </ul>
          {items.length > MOST_LISTED ? (
            <p className="text-muted">And {items.length - MOST_LISTED} more.</p>
          ) : null}
          {only ? null : (
            <p className="text-muted text-sm">
              It goes on by itself, also when this page is closed. What becomes of each stands on a page of
              its own.
            </p>
          )}
          {decision === 'ignore' ? (
            <Field label="Until" hint="From 00:00 UTC of that day it waits for a decision again.">
              <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
            </Field>
          ) : null}
          {decision === 'delete' ? (
            <Field label="Type the key's name to confirm">
              <Input
                value={typedName}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setTypedName(event.target.value)}
              />
            </Field>
          ) : null}
          <Field label="Reason (kept in the audit log)" note="optional">
            <Input
              value={reason}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          {problem === null ? null : (
            <Notice tone="bad" live="assertive" title={only ? 'It was not done.' : 'Nothing was begun.'}>
              {problem}
            </Notice>
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose} disabled={isPending}>
            {problem === null ? 'Cancel' : 'Close'}
          </Button>
          {problem === null ? (
            <Button
              variant={decision === 'delete' ? 'danger' : 'primary'}
              disabled={!isReady}
              pending={isPending}
              pendingText={pending}
              onClick={() => void submit()}
            >
              {items.length === 1 ? action : `${action} ${items.length}`}
            </Button>
          ) : null}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
