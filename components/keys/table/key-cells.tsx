'use client';

import Link from 'next/link';
import { Sparkline } from '@/components/charts/sparkline';
import { ProviderMark } from '@/components/layout/provider-mark';
import { Badge } from '@/components/ui/badge';
import { Money } from '@/components/ui/money';
import { RelativeTime } from '@/components/ui/relative-time';
import type { KeyColumnId } from '@/lib/domain/keys/key-columns';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { barValues, lastUseOf, peakDay } from '@/lib/domain/keys/recent-spend';
import { formatDay, formatDayYear } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { LimitCell } from './limit-cell';
import { statusWords } from './status-words';
import { useKeyTable } from './table-context';

const SHARED_MONTH = 'Spend of the days on which the key was your team’s. The limit counts them all.';

export interface CellProps {
  row: KeyRow;
  /** 0 in the row that has the focus, else −1: Tab goes through one row only. */
  tabIndex: number;
}

function NotKnown({ words = 'not known' }: { words?: string }) {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

export function NameCell({ row, tabIndex }: CellProps) {
  return (
    <div className="min-w-0 leading-[17px]">
      <Link
        href={`/keys/${row.id}`}
        prefetch={false}
        tabIndex={tabIndex}
        title={row.name}
        className="block truncate rounded-tag font-semibold hover:underline"
      >
        {row.name}
      </Link>
      {row.isOwnKey ? (
        <span className="block truncate text-2xs text-muted">Keyward’s own key</span>
      ) : row.tookOverFrom ? (
        <span className="block truncate text-2xs text-muted" title={`Took over from ${row.tookOverFrom}`}>
          took over from {row.tookOverFrom}
        </span>
      ) : row.label ? (
        <span className="block truncate font-mono text-2xs text-muted">{row.label}</span>
      ) : null}
    </div>
  );
}

function ProviderCell({ row }: CellProps) {
  const { connection } = row;
  return (
    <div className="flex min-w-0 items-center gap-2">
      <ProviderMark initial={connection.initial} />
      <div className="min-w-0 leading-[17px]" title={`${connection.name} · ${connection.providerName}`}>
        <span className="block truncate text-muted">{connection.name}</span>
        {connection.name.includes(connection.providerName) ? null : (
          <span className="block truncate text-2xs text-muted">{connection.providerName}</span>
        )}
      </div>
    </div>
  );
}

function OwnerCell({ row }: CellProps) {
  if (!row.owner) return <span className="text-warn">No owner</span>;
  return (
    <span className="truncate text-muted" title={row.owner.name}>
      {row.owner.name}
    </span>
  );
}

export function StatusCell({ row }: CellProps) {
  const { recent, asOfMs } = useKeyTable();
  const words = statusWords(row, recent, asOfMs);
  return (
    <Badge tone={words.tone} title={words.explains}>
      {words.label}
    </Badge>
  );
}

function SpendCell({ row }: Pick<CellProps, 'row'>) {
  const amount = <Money amount={row.monthSpend} className="font-semibold" />;
  if (!row.isMonthShared) return amount;
  return (
    <span className="min-w-0 text-right leading-[17px]" title={SHARED_MONTH}>
      {amount}
      <span className="block truncate text-2xs text-muted">while yours</span>
    </span>
  );
}

export function RecentCell({ row }: CellProps) {
  const { recent } = useKeyTable();
  if (!recent) return null;
  const facts = recent.of(row.id);
  const day = peakDay(facts, recent.from);
  const dollars = (amount: number) => formatUsd(amount.toFixed(2));
  const label =
    day === null
      ? 'Nothing spent in the last 30 UTC days'
      : `30 UTC days: ${dollars(facts.total)}, at most ${dollars(facts.peak)} on ${formatDay(day)}`;
  const said = facts.isShared ? `${label}, while yours` : label;
  return (
    <span title={said} className="inline-flex">
      <Sparkline values={barValues(facts.bars, recent.known(row.connection.id))} label={said} />
    </span>
  );
}

export function LastUsedCell({ row }: CellProps) {
  const { recent, asOfMs } = useKeyTable();
  const last = lastUseOf(row, recent);
  if (last === null) return <NotKnown words={recent ? 'not used as far as is known' : 'not known'} />;
  if (!last.isDay) return <RelativeTime at={last.atMs} now={asOfMs} className="truncate text-muted" />;
  const isToday = asOfMs - last.atMs < 86_400_000;
  return (
    <span
      title={`The last UTC day with requests: ${formatDayYear(last.atMs)}`}
      className="truncate text-muted"
    >
      {isToday ? 'today' : formatDay(last.atMs)}
    </span>
  );
}

function DayCell({ atMs, words }: { atMs: number | null; words: string }) {
  if (atMs === null) return <NotKnown words={words} />;
  return <span className="truncate text-muted">{formatDayYear(atMs)}</span>;
}

/** What stands in one column of a row. */
export function KeyCell({ column, row, tabIndex }: CellProps & { column: KeyColumnId }) {
  switch (column) {
    case 'name':
      return <NameCell row={row} tabIndex={tabIndex} />;
    case 'provider':
      return <ProviderCell row={row} tabIndex={tabIndex} />;
    case 'container':
      return row.container ? (
        <span className="truncate">{row.container.name}</span>
      ) : (
        <NotKnown words="none" />
      );
    case 'team':
      return row.team ? (
        <span className="truncate">{row.team.name}</span>
      ) : (
        <span className="text-warn">No team</span>
      );
    case 'owner':
      return <OwnerCell row={row} tabIndex={tabIndex} />;
    case 'status':
      return <StatusCell row={row} tabIndex={tabIndex} />;
    case 'spend':
      return <SpendCell row={row} />;
    case 'limit':
      return <LimitCell row={row} tabIndex={tabIndex} />;
    case 'recent':
      return <RecentCell row={row} tabIndex={tabIndex} />;
    case 'lastUsed':
      return <LastUsedCell row={row} tabIndex={tabIndex} />;
    case 'created':
      return <DayCell atMs={row.createdAtMs} words="not told by the provider" />;
    case 'expires':
      return <DayCell atMs={row.expiresAtMs} words="no expiry known" />;
  }
}
