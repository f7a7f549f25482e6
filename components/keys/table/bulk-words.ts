import type { BulkStep, BulkWish } from '@/lib/domain/keys/bulk-plan';
import type { KeyRow } from '@/lib/domain/keys/keys-table';
import { compareUsd } from '@/lib/domain/money/usd';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';
import { limitText, periodWords } from '@/lib/words/limit-words';

export type StepWords = { readonly before: string; readonly after: string; readonly means: string };

function limitMeans({ row, to }: Extract<BulkStep, { kind: 'limit' }>): string {
  if (to.kind === 'unlimited') return 'Nothing would stop it.';
  if (to.kind === 'blocked') return 'Every request on it fails.';
  if (row.used !== null && row.limit.kind === 'capped' && row.limit.period === to.period) {
    if (compareUsd(row.used, to.amount) >= 0) {
      return `Stops at once: ${formatUsd(row.used)} used ${periodWords[to.period].window}.`;
    }
    return `${formatUsd(row.used)} used ${periodWords[to.period].window}.`;
  }
  if (to.period === 'monthly') {
    const isOver = compareUsd(row.monthSpend, to.amount) >= 0;
    return `${isOver ? 'Stops at once: ' : ''}${formatUsd(row.monthSpend)} spent this month.`;
  }
  return row.limit.kind === 'capped' && row.limit.period !== to.period
    ? 'Its window starts anew at other times than now.'
    : `${formatUsd(row.monthSpend)} spent this month.`;
}

function stopMeans(row: KeyRow): string {
  const last = row.lastUsedAtMs === null ? '' : ` Last used ${formatDateTime(row.lastUsedAtMs)}.`;
  return `Every request on it fails.${last}`;
}

/** A step as it is shown: what is, what will be, and what that means. */
export function stepWords(step: BulkStep): StepWords {
  switch (step.kind) {
    case 'limit':
      return { before: limitText(step.row.limit), after: limitText(step.to), means: limitMeans(step) };
    case 'disabled':
      return step.to
        ? { before: 'Enabled', after: 'Disabled', means: stopMeans(step.row) }
        : { before: 'Disabled', after: 'Enabled', means: 'It can spend again.' };
    case 'team':
      return {
        before: step.row.team?.name ?? 'No team',
        after: step.to?.name ?? 'No team',
        means: step.row.team ? 'Spend counts there from today on.' : 'Its past spend counts there too.',
      };
  }
}

export type WishWords = {
  readonly title: string;
  readonly doing: string;
  readonly button: (keys: number) => string;
};

export function wishWords(kind: BulkWish['kind']): WishWords {
  const keys = (count: number) => formatPlural(count, 'key');
  switch (kind) {
    case 'limit':
      return {
        title: 'Set a limit',
        doing: 'Setting limits',
        button: (count) => `Set limit on ${keys(count)}`,
      };
    case 'disable':
      return { title: 'Disable keys', doing: 'Disabling', button: (count) => `Disable ${keys(count)}` };
    case 'enable':
      return { title: 'Enable keys', doing: 'Enabling', button: (count) => `Enable ${keys(count)}` };
    case 'team':
      return { title: 'Assign a team', doing: 'Assigning', button: (count) => `Assign ${keys(count)}` };
  }
}
