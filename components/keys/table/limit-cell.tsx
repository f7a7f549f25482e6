'use client';

import { Countdown } from '@/components/ui/countdown';
import { Meter } from '@/components/ui/meter';
import { stackOf } from '@/lib/domain/binds/binds-wire';
import { whatBinds } from '@/lib/domain/binds/what-binds';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { Limit } from '@/lib/domain/limits/limit';
import { cn } from '@/lib/utils/cn';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatUsdShort } from '@/lib/utils/format-money';
import { bindingSentence } from '@/lib/words/binds-words';
import { limitText, periodWords } from '@/lib/words/limit-words';
import { limitMeter } from './limit-meter';
import type { KeyTableContextValue } from './table-context';

function LimitWords({ limit }: { limit: Limit }) {
  if (limit.kind !== 'capped') return <span className="text-muted">{limitText(limit)}</span>;
  return (
    <span className="whitespace-nowrap">
      {formatUsdShort(limit.amount)} <span className="text-muted">{periodWords[limit.period].every}</span>
    </span>
  );
}

export interface LimitCellProps {
  row: KeyRow;
  table: KeyTableContextValue;
  tabIndex: number;
  className?: string;
}

/** The limit with its meter; opens the editor for those who may. */
export function LimitCell({ row, table, tabIndex, className }: LimitCellProps) {
  const { can, recent, binds, asOfMs, openDialog } = table;
  const meter = limitMeter(row, recent, asOfMs);
  const now = new Date(asOfMs);
  const spendable =
    binds && row.status === 'active' ? bindingSentence(whatBinds(stackOf(binds, row), now), now) : undefined;
  const content = (
    <>
      {row.raise ? (
        <span className="flex min-w-0 items-center gap-1.5">
          <LimitWords limit={row.limit} />
          <Countdown at={row.raise.endsAtMs} now={asOfMs} />
        </span>
      ) : (
        <LimitWords limit={row.limit} />
      )}
      {meter ? <Meter label="Limit used" used={meter.used} pace={meter.pace} valueText={meter.text} /> : null}
    </>
  );
  if (!can.update || !isLive(row.status) || row.connection.state !== 'active') {
    return (
      <div title={spendable} className={cn('flex min-w-0 flex-col gap-0.5', className)}>
        {content}
      </div>
    );
  }
  const until = row.raise
    ? `, raised until ${formatDateTime(row.raise.endsAtMs)}, then ${limitText(row.raise.base)}`
    : '';
  const said = `${limitText(row.limit)}${until}${meter ? `, ${meter.text}` : ''}`;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={`Edit limit of ${row.name}: ${said}`}
      title={spendable ? `${said}. ${spendable}` : said}
      onClick={() => openDialog({ kind: 'limit', row })}
      className={cn(
        '-mx-1.5 flex min-w-0 flex-col gap-0.5 rounded-control px-1.5 py-1 text-left hover:bg-sunk',
        className,
      )}
    >
      {content}
    </button>
  );
}
