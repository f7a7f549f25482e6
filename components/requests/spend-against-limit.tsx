import type { ChartDay } from '@/components/charts/chart-types';
import { LazyCumulativeLineChart } from '@/components/charts/lazy-cumulative-line-chart';
import type { KeyDay } from '@/lib/domain/keys/key-days';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { usdToNumber } from '@/lib/domain/money/usd';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { windowSums } from '@/lib/domain/requests/request-outlook';
import type { KeyEvidence } from '@/lib/domain/requests/request-view';
import { formatUsdShort } from '@/lib/utils/format-money';
import { limitText } from '@/lib/words/limit-words';

const windows: Record<LimitPeriod, string> = {
  daily: 'each UTC day',
  weekly: 'each week, from Monday',
  monthly: 'each month, from the 1st',
  total: 'in all',
};

const spentInAll = [{ key: 'spend', label: 'Spent so far' }] as const;
const spentInWindow = [{ key: 'spend', label: 'Spent so far in each window' }] as const;

function stateOf(day: KeyDay, isToday: boolean): ChartDay['state'] {
  if (day.state === 'missing') return 'missing';
  if (day.state === 'complete') return 'final';
  return isToday ? 'today' : 'partial';
}

function levelOf(limit: Limit, period: LimitPeriod, word: string) {
  if (limit.kind !== 'capped' || limit.period !== period) return undefined;
  return { value: usdToNumber(limit.amount), label: `${formatUsdShort(limit.amount)} ${word}` };
}

interface SpendAgainstLimitProps {
  keyEvidence: KeyEvidence;
  /** What is wished for; null for anything but a limit. */
  proposed: Limit | null;
}

/** Sixty days of spend as the limit counts it: summed, and begun anew whenever the limit does. */
export function SpendAgainstLimit({ keyEvidence, proposed }: SpendAgainstLimitProps) {
  const { limit } = keyEvidence;
  const period =
    limit.kind === 'capped' ? limit.period : proposed?.kind === 'capped' ? proposed.period : 'monthly';
  const sums = windowSums(keyEvidence, period);
  const days = sums.map(({ day, sum }, at): ChartDay => {
    const state = stateOf(day, at === sums.length - 1);
    return { day: day.day, state, values: state === 'missing' ? {} : { spend: sum } };
  });
  const level = levelOf(limit, period, 'now');
  const isChanged = proposed !== null && !isSameLimit(proposed, limit);
  const proposedLevel = isChanged ? levelOf(proposed, period, 'proposed') : undefined;
  const known = sums.filter(({ day }) => day.state !== 'missing').length;
  return (
    <LazyCumulativeLineChart
      height={200}
      title={`Spend of ${keyEvidence.name}, summed ${windows[period]}`}
      summary={`${known} of ${days.length} days are known. The limit is ${limitText(limit)}.`}
      days={days}
      series={period === 'total' ? spentInAll : spentInWindow}
      {...(level ? { level } : {})}
      {...(proposedLevel ? { proposedLevel } : {})}
    />
  );
}
