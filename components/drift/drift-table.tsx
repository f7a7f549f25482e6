'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Checkbox } from '@/components/ui/checkbox';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import { formatDayYear } from '@/lib/utils/format-date';
import { circumstances, driftKindWords, valueText } from '@/lib/words/drift-words';
import { DriftActions } from './drift-actions';
import type { Decision } from './use-decide';

interface DriftTableProps {
  items: readonly DriftView[];
  selected: ReadonlySet<string>;
  onToggle: (id: string) => void;
  onToggleAll: () => void;
  onDecide: (decision: Decision, items: readonly DriftView[]) => void;
  canDecide: boolean;
  now: number;
}

function KeyCell({ item }: { item: DriftView }) {
  return (
    <div className="min-w-0 max-sm:text-right">
      <Link
        href={`/keys/${item.keyId}`}
        prefetch={false}
        className="inline-block min-h-6 rounded-tag font-semibold leading-6 [overflow-wrap:anywhere] hover:underline"
      >
        {item.keyName}
      </Link>
      <span className="block text-muted text-xs">
        <Link
          href={`/connections/${item.connectionId}`}
          prefetch={false}
          className="inline-block min-h-6 rounded-tag leading-6 hover:underline"
        >
          {item.connectionName}
        </Link>
        {item.teamName ? ` · ${item.teamName}` : ''}
      </span>
    </div>
  );
}

function LastSetCell({ item }: { item: DriftView }) {
  const text = item.lastSet ? valueText(item.kind, item.lastSet.value) : null;
  if (!item.lastSet || text === null) return <span className="text-muted">Nothing</span>;
  return (
    <div className="min-w-0 max-sm:text-right">
      {text}
      <span className="block text-muted text-xs">
        {item.lastSet.by}, {formatDayYear(item.lastSet.at)}
      </span>
    </div>
  );
}

function ItemRow(props: Omit<DriftTableProps, 'items' | 'onToggleAll'> & { item: DriftView }) {
  const { item, selected, onToggle, onDecide, canDecide, now } = props;
  return (
    <Tr selected={selected.has(item.id)} className="align-top">
      {canDecide ? (
        <Td className="w-8">
          <Checkbox
            aria-label={`Select ${driftKindWords[item.kind]} of ${item.keyName}`}
            disabled={item.runId !== null}
            checked={selected.has(item.id) && item.runId === null}
            onChange={() => onToggle(item.id)}
          />
        </Td>
      ) : null}
      <Td label="Key" className="min-w-40">
        <KeyCell item={item} />
      </Td>
      <Td label="What" className="min-w-36">
        <div className="min-w-0 max-sm:text-right">
          <Badge tone="warn">{driftKindWords[item.kind]}</Badge>
          {circumstances(item).map((sentence) => (
            <span key={sentence} className="mt-0.5 block max-w-[34ch] text-muted text-xs max-sm:ml-auto">
              {sentence}
            </span>
          ))}
        </div>
      </Td>
      <Td label="Last seen">{valueText(item.kind, item.lastSeen) ?? 'Not known'}</Td>
      <Td label="Keyward set last">
        <LastSetCell item={item} />
      </Td>
      <Td label="There now" className="font-semibold">
        {valueText(item.kind, item.found) ?? 'Not known'}
      </Td>
      <Td label="Since" className="whitespace-nowrap">
        <RelativeTime at={item.foundAt} now={now} />
        {item.ignoredUntil ? (
          <span className="block text-muted text-xs">put off until {formatDayYear(item.ignoredUntil)}</span>
        ) : null}
      </Td>
      {canDecide ? (
        <Td label="Decide">
          <DriftActions item={item} onDecide={onDecide} />
        </Td>
      ) : null}
    </Tr>
  );
}

/** Each difference with what was seen, what Keyward set, what is there now, and the ways to decide. */
export function DriftTable({ items, onToggleAll, ...props }: DriftTableProps) {
  const free = items.filter(({ runId }) => runId === null);
  const chosen = free.filter(({ id }) => props.selected.has(id)).length;
  return (
    <Table cards aria-label="Changes made outside Keyward">
      <THead>
        <Tr>
          {props.canDecide ? (
            <Th>
              <Checkbox
                aria-label="Select all"
                disabled={free.length === 0}
                checked={chosen > 0 && chosen === free.length}
                indeterminate={chosen > 0 && chosen < free.length}
                onChange={onToggleAll}
              />
            </Th>
          ) : null}
          <Th>Key</Th>
          <Th>What</Th>
          <Th>Last seen</Th>
          <Th>Keyward set last</Th>
          <Th>There now</Th>
          <Th>Since</Th>
          {props.canDecide ? (
            <Th align="right">
              <span className="sr-only">Decide</span>
            </Th>
          ) : null}
        </Tr>
      </THead>
      <TBody>
        {items.map((item) => (
          <ItemRow key={item.id} item={item} {...props} />
        ))}
      </TBody>
    </Table>
  );
}
