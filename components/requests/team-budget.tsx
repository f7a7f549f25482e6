import { Meter } from '@/components/ui/meter';
import { ratioUsd } from '@/lib/domain/money/usd';
import { headroomOf } from '@/lib/domain/requests/request-outlook';
import type { TeamEvidence } from '@/lib/domain/requests/request-view';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';

/** What the team has spent of its month, and what is left. */
export function TeamBudget({ team }: { team: TeamEvidence }) {
  const headroom = headroomOf(team);
  if (team.monthlyBudget === null || headroom === null) {
    return (
      <p className="text-sm">
        {team.name} has spent {formatUsd(team.monthSpend)} this month. It has no budget.
      </p>
    );
  }
  const budget = formatUsdShort(team.monthlyBudget);
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p>
        {team.name} has spent {formatUsd(team.monthSpend)} of {budget} this month:{' '}
        <strong className={headroom.isOver ? 'font-semibold text-bad' : 'font-semibold'}>
          {headroom.isOver ? 'its budget is used up' : `${formatUsd(headroom.left)} is left`}
        </strong>
        .
      </p>
      <Meter
        label={`Budget used by ${team.name}`}
        used={ratioUsd(team.monthSpend, team.monthlyBudget) ?? 0}
        valueText={`${formatUsd(team.monthSpend)} of ${budget} spent this month`}
        className="w-full"
      />
    </div>
  );
}
