'use client';

import type { ReactNode } from 'react';
import { Sparkline } from '@/components/charts/sparkline';
import { ProviderMark } from '@/components/layout/provider-mark';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import type { KeyColumnId } from '@/lib/domain/keys/key-columns';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { barValues, lastUseOf, peakDay } from '@/lib/domain/keys/recent-spend';
import { formatDay, formatDayYear } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { gridRoles } from './grid-parts';
import { LimitCell } from './limit-cell';
import { statusWords } from './status-words';
import type { KeyTableContextValue } from './table-context';

/** What a cell is drawn from: plain functions of it, since a keystroke draws some twenty rows of ten cells. */
export interface CellFacts {
  row: KeyRow;
  table: KeyTableContextValue;
  /** 0 in the row that has the focus, else −1: Tab goes through one row only. */
  tabIndex: number;
}

const SHARED_MONTH = 'Spend of the days on which the key was your team’s. The limit counts them all.';

const { cell } = gridRoles;
const PLAIN = 'min-w-0 truncate px-2.5';
const QUIET = `${PLAIN} text-muted`;
const MISSING = `${PLAIN} text-warn`;

function notKnown(words: string): ReactNode {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr-only">{words}</span>
    </>
  );
}

/** The small line under a key's name; null where there is none. */
export function nameDetail(row: KeyRow): ReactNode {
  if (row.isOwnKey) return <span className="block truncate text-2xs text-muted">Keyward’s own key</span>;
  if (row.tookOverFrom)
    return (
      <span className="block truncate text-2xs text-muted" title={`Took over from ${row.tookOverFrom}`}>
        took over from {row.tookOverFrom}
      </span>
    );
  return row.label ? <span className="block truncate font-mono text-2xs text-muted">{row.label}</span> : null;
}

export function statusBadge({ row, table }: Omit<CellFacts, 'tabIndex'>): ReactNode {
  const words = statusWords(row, table.recent, table.asOfMs);
  return (
    <Badge tone={words.tone} title={words.explains}>
      {words.label}
    </Badge>
  );
}

export function lastUsed({ row, table }: Omit<CellFacts, 'tabIndex'>): ReactNode {
  const { recent, asOfMs } = table;
  const last = lastUseOf(row, recent);
  if (last === null) return notKnown(recent ? 'not used as far as is known' : 'not known');
  if (!last.isDay) return <RelativeTime at={last.atMs} now={asOfMs} className="" />;
  const isToday = asOfMs - last.atMs < 86_400_000;
  return (
    <span title={`The last UTC day with requests: ${formatDayYear(last.atMs)}`}>
      {isToday ? 'today' : formatDay(last.atMs)}
    </span>
  );
}

function nameCell({ row, tabIndex }: CellFacts): ReactNode {
  return (
    <div key="name" {...cell} className="min-w-0 px-2.5 leading-[17px]">
      {/* Followed by the grid: a link that listens for itself costs each row a good part of its time. */}
      <a
        href={`/keys/${row.id}`}
        tabIndex={tabIndex}
        title={row.name}
        className="block truncate rounded-tag font-semibold hover:underline"
      >
        {row.name}
      </a>
      {nameDetail(row)}
    </div>
  );
}

function providerCell({ row: { connection } }: CellFacts): ReactNode {
  return (
    <div key="provider" {...cell} className="flex min-w-0 items-center gap-2 px-2.5">
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

function spendCell({ row }: CellFacts): ReactNode {
  const amount = formatUsd(row.monthSpend);
  if (!row.isMonthShared) {
    return (
      <div key="spend" {...cell} className="min-w-0 whitespace-nowrap px-2.5 text-right font-semibold">
        {amount}
      </div>
    );
  }
  return (
    <div key="spend" {...cell} className="min-w-0 px-2.5 text-right leading-[17px]" title={SHARED_MONTH}>
      <span className="whitespace-nowrap font-semibold">{amount}</span>
      <span className="block truncate text-2xs text-muted">while yours</span>
    </div>
  );
}

function recentCell({ row, table: { recent } }: CellFacts): ReactNode {
  if (!recent) return <div key="recent" {...cell} />;
  const facts = recent.of(row.id);
  const day = peakDay(facts, recent.from);
  const dollars = (amount: number) => formatUsd(amount.toFixed(2));
  const label =
    day === null
      ? 'Nothing spent in the last 30 UTC days'
      : `30 UTC days: ${dollars(facts.total)}, at most ${dollars(facts.peak)} on ${formatDay(day)}`;
  const said = facts.isShared ? `${label}, while yours` : label;
  return (
    <div key="recent" {...cell} title={said} className="flex min-w-0 px-2.5">
      <Sparkline values={barValues(facts.bars, recent.known(row.connection.id))} label={said} />
    </div>
  );
}

function wordCell(id: KeyColumnId, text: ReactNode, className = PLAIN, title?: string): ReactNode {
  return (
    <div key={id} {...cell} className={className} title={title}>
      {text}
    </div>
  );
}

const dayOr = (atMs: number | null, words: string) => (atMs === null ? notKnown(words) : formatDayYear(atMs));

/** One cell of a row: its column's content in a grid cell. */
export function keyCell(column: KeyColumnId, facts: CellFacts): ReactNode {
  const { row } = facts;
  switch (column) {
    case 'name':
      return nameCell(facts);
    case 'provider':
      return providerCell(facts);
    case 'container':
      return row.container ? wordCell(column, row.container.name) : wordCell(column, notKnown('none'), QUIET);
    case 'team':
      return row.team ? wordCell(column, row.team.name) : wordCell(column, 'No team', MISSING);
    case 'owner':
      return row.owner
        ? wordCell(column, row.owner.name, QUIET, row.owner.name)
        : wordCell(column, 'No owner', MISSING);
    case 'status':
      return wordCell(column, statusBadge(facts), 'min-w-0 px-2.5');
    case 'spend':
      return spendCell(facts);
    case 'limit':
      return wordCell(column, <LimitCell {...facts} />, 'flex min-w-0 items-center px-2.5');
    case 'recent':
      return recentCell(facts);
    case 'lastUsed':
      return wordCell(column, lastUsed(facts), QUIET);
    case 'created':
      return wordCell(column, dayOr(row.createdAtMs, 'not told by the provider'), QUIET);
    case 'expires':
      return wordCell(column, dayOr(row.expiresAtMs, 'no expiry known'), QUIET);
  }
}
