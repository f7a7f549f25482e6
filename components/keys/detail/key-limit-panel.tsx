import { Panel } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { Meter } from '@/components/ui/meter';
import { Money } from '@/components/ui/money';
import type { BindsWire } from '@/lib/domain/binds/binds-wire';
import { isLive } from '@/lib/domain/keys/key-status';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import type { RecentSpend } from '@/lib/domain/keys/recent-spend';
import { cn } from '@/lib/utils/cn';
import { formatUsd } from '@/lib/utils/format-money';
import { limitText, periodWords } from '@/lib/words/limit-words';
import { limitMeter } from '../table/limit-meter';
import { limitSummary } from './limit-summary';

interface KeyLimitPanelProps {
  row: KeyRow;
  recent: RecentSpend;
  binds: BindsWire;
  /** The name of the month that the spend belongs to. */
  month: string;
  nowMs: number;
  /** Who may change the limit needs not ask. */
  canAsk: boolean;
}

/** What was spent, what the limit is, what is left of it and how long it lasts. */
export function KeyLimitPanel({ row, recent, binds, month, nowMs, canAsk }: KeyLimitPanelProps) {
  const meter = limitMeter(row, recent, nowMs);
  const summary = limitSummary(row, { recent, binds, nowMs });
  const { limit, used } = row;
  return (
    <Panel className="flex flex-col gap-3">
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        <div>
          <dt className="text-muted text-xs">Spend in {month}</dt>
          <dd>
            <Money amount={row.monthSpend} className="font-semibold text-xl" />
          </dd>
        </div>
        <div>
          <dt className="text-muted text-xs">Limit</dt>
          <dd className="font-semibold text-xl">{limitText(limit)}</dd>
        </div>
        {limit.kind === 'capped' ? (
          <div>
            <dt className="text-muted text-xs" title={`As ${row.connection.providerName} counts it`}>
              Used {periodWords[limit.period].window}, by {row.connection.providerName}
            </dt>
            <dd className="font-semibold text-xl">
              {used === null ? <Money amount={null} /> : formatUsd(used)}
            </dd>
          </div>
        ) : null}
      </dl>
      {meter ? (
        <Meter
          label="Limit used"
          used={meter.used}
          pace={meter.pace}
          valueText={meter.text}
          className="w-full max-w-none"
        />
      ) : null}
      <div>
        <p className="font-medium">{summary.left}</p>
        {summary.pace ? (
          <p className={cn(summary.runsOut ? 'text-warn' : 'text-muted')}>{summary.pace}</p>
        ) : null}
        {row.isMonthShared ? (
          <p className="text-muted text-xs">
            Spend counts the days on which the key was your team’s. The limit counts them all.
          </p>
        ) : null}
        {row.includeByokInLimit ? (
          <p className="text-muted text-xs">Spend on own provider keys (BYOK) counts in the limit.</p>
        ) : null}
      </div>
      {canAsk && isLive(row.status) ? (
        <ButtonLink href={`/requests/new?key=${row.id}`} prefetch={false} className="self-start">
          Ask for more
        </ButtonLink>
      ) : null}
    </Panel>
  );
}
