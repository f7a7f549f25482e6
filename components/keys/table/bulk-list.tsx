'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowRight } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { BulkSkip, BulkStep } from '@/lib/domain/keys/bulk-plan';
import { stepWords } from './bulk-words';
import type { BulkRun } from './use-bulk-run';

const ITEM_HEIGHT = 46;

type Item =
  | { readonly kind: 'step'; readonly step: BulkStep; readonly at: number }
  | { readonly kind: 'skip'; readonly skip: BulkSkip };

type Result = { readonly label: string; readonly tone: BadgeTone; readonly note?: string | undefined };

function resultOf(run: BulkRun, at: number): Result | null {
  if (run.phase === 'ready') return null;
  const failure = run.failures.get(at);
  if (failure !== undefined) return { label: 'Not changed', tone: 'bad', note: failure };
  if (at < run.done) return { label: 'Done', tone: 'ok' };
  if (run.isCancelled && !(run.phase === 'running' && at === run.done)) {
    return { label: 'Left as it was', tone: 'neutral' };
  }
  return at === run.done ? { label: 'Running', tone: 'accent' } : { label: 'Waiting', tone: 'neutral' };
}

function StepLine({ step, result }: { step: BulkStep; result: Result | null }) {
  const words = stepWords(step);
  return (
    <>
      <div className="min-w-0 flex-1">
        <span className="block truncate font-medium">{step.row.name}</span>
        <span className="block truncate text-muted text-xs" title={result?.note ?? words.means}>
          {result?.note ?? words.means}
        </span>
      </div>
      <span className="flex shrink-0 items-center gap-1.5 text-right max-sm:text-xs">
        <span className="text-muted">{words.before}</span>
        <ArrowRight role="img" aria-label="becomes" className="size-3 text-muted" />
        <span>{words.after}</span>
      </span>
      {result ? (
        <Badge tone={result.tone} className="w-24 shrink-0 justify-center">
          {result.label}
        </Badge>
      ) : null}
    </>
  );
}

function SkipLine({ skip }: { skip: BulkSkip }) {
  return (
    <>
      <div className="min-w-0 flex-1 text-muted">
        <span className="block truncate">{skip.row.name}</span>
        <span className="block truncate text-xs" title={skip.reason}>
          {skip.reason}
        </span>
      </div>
      <Badge>Skipped</Badge>
    </>
  );
}

export interface BulkListProps {
  steps: readonly BulkStep[];
  skips: readonly BulkSkip[];
  run: BulkRun;
}

/** Every key with what becomes of it; after the run, what did not happen stands first. */
export function BulkList({ steps, skips, run }: BulkListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const { phase, failures } = run;
  const items = useMemo<Item[]>(() => {
    const lines: Item[] = steps.map((step, at) => ({ kind: 'step', step, at }));
    const failed = (item: Item) => item.kind === 'step' && failures.has(item.at);
    const ordered =
      phase === 'ended' ? [...lines.filter(failed), ...lines.filter((item) => !failed(item))] : lines;
    return [...ordered, ...skips.map((skip): Item => ({ kind: 'skip', skip }))];
  }, [steps, skips, phase, failures]);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ITEM_HEIGHT,
    overscan: 5,
  });
  return (
    <section
      ref={scrollRef}
      aria-label="What will change"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      className="max-h-[320px] min-h-24 shrink-0 overflow-y-auto rounded-control border border-line text-sm"
    >
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          if (!item) return null;
          const row = item.kind === 'step' ? item.step.row : item.skip.row;
          return (
            <li
              key={row.id}
              aria-posinset={index + 1}
              aria-setsize={items.length}
              className="absolute inset-x-0 top-0 flex items-center gap-3 border-line border-b px-3"
              style={{ height: ITEM_HEIGHT, transform: `translateY(${start}px)` }}
            >
              {item.kind === 'step' ? (
                <StepLine step={item.step} result={resultOf(run, item.at)} />
              ) : (
                <SkipLine skip={item.skip} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
