import type { TeamBudget } from '@/lib/domain/teams/team-budget';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';

/** Where a team's month leads against its budget, in a sentence. */
export function teamBudgetText({ amount, headroom, endsAt, state }: TeamBudget): string {
  const budget = formatUsdShort(amount);
  const end = endsAt === null ? null : formatUsd(endsAt, { digits: 0 });
  switch (state) {
    case 'exceeded':
      return `The budget of ${budget} is exceeded by ${formatUsd(headroom.replace('-', ''))}. It stops no key.`;
    case 'will_exceed':
      return `The month is heading for ${end}, more than the budget of ${budget}. The budget stops no key.`;
    case 'lasts':
      return end === null
        ? `${formatUsd(headroom)} of ${budget} is left.`
        : `The month is heading for ${end} of ${budget}.`;
  }
}
