'use client';

import { LimitProjectionChart } from '@/components/charts/limit-projection-chart';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { Stack } from '@/lib/domain/binds/bound';
import { whatBinds } from '@/lib/domain/binds/what-binds';
import type { KeyDay } from '@/lib/domain/keys/key-days';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { addUsd, type Usd, usdToNumber } from '@/lib/domain/money/usd';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { formatUsdShort } from '@/lib/utils/format-money';
import { bindingSentence } from '@/lib/words/binds-words';
import { dailyPaceOf, limitOutlook } from './limit-outlook';
import { projectionOf } from './limit-projection-data';

interface LimitOutlookPanelProps {
  row: KeyRow;
  /** All that can stop the key now. */
  stack: Stack;
  days: readonly KeyDay[] | undefined;
  /** Whether spend on own provider keys would count against the limit. */
  isByokCounted: boolean;
  isLoading: boolean;
  /** What is typed; null while it is not an amount. */
  proposed: Limit | null;
}

function levelOf(limit: Limit | null, suffix: string) {
  return limit?.kind === 'capped'
    ? { value: usdToNumber(limit.amount), label: `${formatUsdShort(limit.amount)} ${suffix}` }
    : null;
}

/** What the limit would count on each day. */
function countedOn(days: readonly KeyDay[], isByokCounted: boolean): readonly KeyDay[] {
  if (!isByokCounted) return days;
  return days.map((day) => ({ ...day, spend: addUsd(day.spend, day.byokSpend) }));
}

/** Spend in the window, where it is heading, and what the typed limit would mean. */
export function LimitOutlookPanel(props: LimitOutlookPanelProps) {
  const { row, stack, isByokCounted, isLoading, proposed } = props;
  const now = new Date();
  const shown = proposed ?? row.limit;
  const period = shown.kind === 'capped' && shown.period !== 'total' ? shown.period : 'monthly';
  if (isLoading) return <Skeleton className="h-44" />;
  if (!props.days) {
    return (
      <Notice tone="warn">
        The spend of this key could not be loaded. The limit can be changed without it.
      </Notice>
    );
  }
  const days = countedOn(props.days, isByokCounted);
  const isSameWindow =
    row.limit.kind === 'capped' && shown.kind === 'capped' && row.limit.period === shown.period;
  // The provider's own count holds as long as it would count the same.
  const isSameCount = isSameWindow && isByokCounted === (row.includeByokInLimit ?? false);
  const projection = projectionOf(days, period, now);
  const isTotal = shown.kind === 'capped' && shown.period === 'total';
  // The days that are known may not be all that a limit on the total would count.
  const countedSpend: Usd | null = isTotal ? null : projection.spent;
  const used = isSameCount ? row.used : countedSpend;
  const outlook = proposed ? limitOutlook(proposed, used, days, now) : null;
  const binding = whatBinds({ ...stack, limit: shown, used }, now);
  const isOther = proposed !== null && !isSameLimit(proposed, row.limit);
  const spendable = bindingSentence(binding, now, isOther ? 'With this limit the key' : 'This key');
  const isEdited = proposed !== null && projection.points.length > 0;
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="text-muted text-xs">Spend this window, and where it is heading · UTC days</p>
        <LimitProjectionChart
          points={projection.points}
          projectedEnd={projection.endsAt(dailyPaceOf(days, utcDayOf(now)))}
          currentLimit={levelOf(row.limit, 'now')}
          proposedLimit={isEdited ? levelOf(proposed, 'proposed') : null}
          ticks={projection.ticks}
          summary={outlook ? `${outlook.title} ${outlook.text}` : 'Spend of this key in the current window'}
        />
      </div>
      <p className="text-muted text-xs">{spendable}</p>
      {outlook ? (
        <Notice tone={outlook.tone} live="polite" title={outlook.title}>
          {outlook.text}
        </Notice>
      ) : null}
    </div>
  );
}
