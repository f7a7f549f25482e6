'use client';

import Link from 'next/link';
import { Notice } from '@/components/ui/notice';
import type { ChangePhase, ChangeView } from '@/lib/domain/changes/change-view';
import { formatPlural } from '@/lib/utils/format-number';
import { useChange } from './use-change';

type Told = { readonly title: string; readonly tone: 'info' | 'ok' | 'warn' | 'bad' };

const told: Record<ChangePhase, Told> = {
  under_way: { title: 'It is under way.', tone: 'info' },
  checking: { title: 'The outcome is not known yet.', tone: 'warn' },
  asking: { title: 'The outcome is not known, and a person must say.', tone: 'warn' },
  applied: { title: 'It took effect.', tone: 'ok' },
  refused: { title: 'It was refused.', tone: 'bad' },
  not_applied: { title: 'It did not take effect.', tone: 'bad' },
  not_told: { title: 'It cannot be told whether it took effect.', tone: 'warn' },
};

function toldOf(change: ChangeView | undefined): Told {
  if (change === undefined) return told.checking;
  // A key that was made without anyone seeing its secret is of no use to anybody.
  if (change.kind === 'create_key' && change.phase === 'applied') {
    return { title: 'No usable key came of it.', tone: 'warn' };
  }
  return told[change.phase];
}

function Looks({ change }: { change: ChangeView | undefined }) {
  if (change === undefined || change.checks === 0) return null;
  const isOpen = change.phase === 'checking' || change.phase === 'asking';
  return isOpen ? <> Looked {formatPlural(change.checks, 'time')} so far.</> : null;
}

interface ChangeCheckProps {
  changeId: string;
  /** What is said until the first answer. */
  said: string;
  /** Inside a message that has its own frame. */
  isPlain?: boolean;
}

/** "We are checking whether … took effect", then what was found, where the person stands. */
export function ChangeCheck({ changeId, said, isPlain = false }: ChangeCheckProps) {
  const change = useChange(changeId);
  const { title, tone } = toldOf(change);
  const words = (
    <>
      {change?.sentence ?? said}
      <Looks change={change} />
      {change?.incidentId ? (
        <>
          {' '}
          <Link href={`/changes#${change.incidentId}`} className="rounded-tag underline underline-offset-2">
            Answer it
          </Link>
        </>
      ) : null}
    </>
  );
  if (isPlain) {
    return (
      <div role="status">
        <strong className="block font-semibold">{title}</strong>
        {words}
      </div>
    );
  }
  return (
    <Notice tone={tone} live="polite" title={title}>
      {words}
    </Notice>
  );
}
