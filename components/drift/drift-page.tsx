'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { EmptyState } from '@/components/ui/states';
import { driftQuery } from '@/lib/client/drift';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { DriftList, DriftView } from '@/lib/domain/drift/drift-view';
import { toUtcDay } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';
import { DecideDialog } from './decide-dialog';
import { DriftTable } from './drift-table';
import type { Decision } from './use-decide';

interface DriftPageProps {
  /** What the server drew the page with. */
  initial: DriftList;
  /** Shows what was put off instead of what waits. */
  isIgnored: boolean;
  now: number;
}

type Asked = { readonly decision: Decision; readonly items: readonly DriftView[] } | null;

function Nothing({ isIgnored }: { isIgnored: boolean }) {
  return isIgnored ? (
    <EmptyState title="Nothing was put off" actions={<ButtonLink href="/drift">What waits</ButtonLink>} />
  ) : (
    <EmptyState title="Nothing was changed outside Keyward">
      What someone makes, deletes, renames, disables or limits at a provider’s own console is found at the
      next read and listed here.
    </EmptyState>
  );
}

interface SelectionBarProps {
  chosen: readonly DriftView[];
  onDecide: (decision: Decision, items: readonly DriftView[]) => void;
}

function SelectionBar({ chosen, onDecide }: SelectionBarProps) {
  const back = chosen.filter(({ putBack }) => putBack.can);
  return (
    <section
      aria-label="Selected differences"
      className="flex flex-wrap items-center gap-2 rounded-panel border border-line bg-accent-soft/45 px-3.5 py-2"
    >
      <span className="font-semibold">{formatPlural(chosen.length, 'difference')} selected</span>
      <div className="ml-auto flex flex-wrap gap-2 max-sm:ml-0">
        <Button size="sm" onClick={() => onDecide('adopt', chosen)}>
          Adopt {chosen.length}
        </Button>
        {back.length > 0 ? (
          <Button size="sm" onClick={() => onDecide('put_back', back)}>
            Put back {back.length}
          </Button>
        ) : null}
        <Button size="sm" onClick={() => onDecide('ignore', chosen)}>
          Put off {chosen.length} until…
        </Button>
      </div>
    </section>
  );
}

/** The inbox of what was changed outside of Keyward. */
export function DriftPage({ initial, isIgnored, now }: DriftPageProps) {
  const query = useQuery({ ...driftQuery(isIgnored), initialData: initial, initialDataUpdatedAt: now });
  const { items, open, ignored, canDecide } = query.data;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked>(null);
  const router = useRouter();
  const free = items.filter(({ runId }) => runId === null);
  const chosen = free.filter(({ id }) => selected.has(id));
  const decide = (decision: Decision, about: readonly DriftView[]) => setAsked({ decision, items: about });

  function close() {
    setAsked(null);
    // The count beside the page's name is drawn by the server.
    router.refresh();
  }

  function toggle(id: string) {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  }

  function toggleAll() {
    setSelected(new Set(chosen.length === free.length ? [] : free.map(({ id }) => id)));
  }

  const count = isIgnored ? ignored : open;
  return (
    <PageFrame
      title="Drift"
      meta={isIgnored ? `${ignored} put off` : 'What was changed outside Keyward, and waits for a decision'}
      actions={
        <ButtonLink href={isIgnored ? '/drift' : '/drift?show=put-off'}>
          {isIgnored ? `Waiting (${open})` : `Put off (${ignored})`}
        </ButtonLink>
      }
    >
      {query.error ? (
        <Notice tone="warn" live="polite" title="This page could not be refreshed.">
          {outcomeErrorOf(query.error).message}
        </Notice>
      ) : null}
      {chosen.length > 0 ? <SelectionBar chosen={chosen} onDecide={decide} /> : null}
      {items.length === 0 ? (
        <Nothing isIgnored={isIgnored} />
      ) : (
        <DriftTable
          items={items}
          selected={selected}
          onToggle={toggle}
          onToggleAll={toggleAll}
          onDecide={decide}
          canDecide={canDecide}
          now={now}
        />
      )}
      {count > items.length ? (
        <p className="text-muted">
          The newest {items.length} of {count} are shown.
        </p>
      ) : null}
      {asked ? <DecideDialog {...asked} today={toUtcDay(now)} onClose={close} /> : null}
    </PageFrame>
  );
}
