import { Panel } from '@/components/layout/page-frame';
import { Meter } from '@/components/ui/meter';
import { Money } from '@/components/ui/money';
import type { Usd } from '@/lib/domain/money/usd';
import { teamBudget } from '@/lib/domain/teams/team-budget';
import type { TeamView } from '@/lib/domain/teams/team-input';
import { cn } from '@/lib/utils/cn';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';
import { teamBudgetText } from '@/lib/words/team-words';

interface TeamBudgetPanelProps {
  team: TeamView;
  /** Where the month ends; null while too few days are known. */
  forecast: Usd | null;
  /** The name of the running month. */
  month: string;
}

/** What a team spent this month, where that is going, and what is left of its budget. */
export function TeamBudgetPanel({ team, forecast, month }: TeamBudgetPanelProps) {
  const budget = teamBudget({ ...team, forecast });
  const figure = 'font-semibold text-xl';
  return (
    <Panel className="flex flex-col gap-3">
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        <div>
          <dt className="text-muted text-xs">Spend in {month}</dt>
          <dd>
            <Money amount={team.monthSpend} className={figure} />
          </dd>
        </div>
        {forecast === null ? null : (
          <div>
            <dt className="text-muted text-xs">Month-end forecast</dt>
            <dd className={figure}>{formatUsd(forecast, { digits: 0 })}</dd>
          </div>
        )}
        <div>
          <dt className="text-muted text-xs">Monthly budget</dt>
          <dd className={figure}>{budget ? formatUsdShort(budget.amount) : 'None'}</dd>
        </div>
        {budget ? (
          <div>
            <dt className="text-muted text-xs">
              {budget.state === 'exceeded' ? 'Over budget by' : 'Headroom'}
            </dt>
            <dd className={cn(figure, budget.state === 'exceeded' && 'text-bad')}>
              {formatUsd(budget.headroom.replace('-', ''))}
            </dd>
          </div>
        ) : null}
      </dl>
      {budget ? (
        <>
          <Meter
            label={`Budget used by ${team.name}`}
            used={budget.usedShare}
            pace={budget.endShare}
            valueText={`${formatUsd(budget.spent)} of ${formatUsdShort(budget.amount)} spent this month`}
            className="w-full max-w-none"
          />
          <p className={cn(budget.state === 'lasts' ? 'text-muted' : 'text-warn')}>
            {teamBudgetText(budget)}
          </p>
        </>
      ) : null}
    </Panel>
  );
}
