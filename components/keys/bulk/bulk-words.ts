import type { BulkAction } from '@/lib/domain/bulk/bulk-action';
import type { BulkBefore, BulkWish } from '@/lib/domain/bulk/bulk-item';
import type { BulkItemState, BulkRunSummary } from '@/lib/domain/bulk/bulk-view';
import type { DriftAction, DriftDecision, DriftWish } from '@/lib/domain/drift/drift-run';
import type { Assignees } from '@/lib/domain/keys/assignees';
import { compareUsd, subtractUsd, ZERO_USD } from '@/lib/domain/money/usd';
import { formatDayYear } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatCount, formatPlural } from '@/lib/utils/format-number';
import type { OutcomeWords } from '@/lib/words/audit-words';
import { valueText } from '@/lib/words/drift-words';
import { limitText, periodWords } from '@/lib/words/limit-words';

type KindWords = {
  readonly title: string;
  readonly button: (keys: number) => string;
};

const counted = (verb: string) => (keys: number) => `${verb} ${formatPlural(keys, 'key')}`;

export const bulkKindWords: Record<Exclude<BulkRunSummary['kind'], 'drift'>, KindWords> = {
  set_limit: { title: 'Set a limit', button: counted('Set limit on') },
  disable: { title: 'Disable keys', button: counted('Disable') },
  enable: { title: 'Enable keys', button: counted('Enable') },
  assign: { title: 'Assign keys', button: counted('Assign') },
  delete: { title: 'Delete keys', button: counted('Delete') },
  undo: { title: 'Put back', button: counted('Put back') },
};

function ruleText({ rule }: Extract<BulkAction, { kind: 'set_limit' }>): string {
  switch (rule.by) {
    case 'limit':
      return `Set limits: ${limitText(rule.limit)}`;
    case 'amount':
      return `Set limits: ${formatUsd(rule.amount)} each`;
    case 'percent':
      return rule.percent < 0 ? `Lower limits by ${-rule.percent}%` : `Raise limits by ${rule.percent}%`;
    case 'change':
      return compareUsd(rule.amount, ZERO_USD) < 0
        ? `Lower limits by ${formatUsd(subtractUsd(ZERO_USD, rule.amount))}`
        : `Raise limits by ${formatUsd(rule.amount)}`;
    case 'spend':
      return `Set limits: ${rule.factor} × the last 30 days, ${periodWords[rule.period].every}`;
  }
}

const driftTitles: Record<DriftDecision, string> = {
  adopt: 'Adopt what was changed outside',
  put_back: 'Put back what was changed outside',
  ignore: 'Put off what was changed outside',
};

function driftTitle({ decision, until }: DriftAction): string {
  return until === null ? driftTitles[decision] : `${driftTitles[decision]} until ${formatDayYear(until)}`;
}

/** What a run does, in one line. */
export function bulkRunTitle({ action }: Pick<BulkRunSummary, 'action'>): string {
  if (action.kind === 'drift') return driftTitle(action);
  return action.kind === 'set_limit' ? ruleText(action) : bulkKindWords[action.kind].title;
}

export const bulkRunStateWords: Record<BulkRunSummary['state'], OutcomeWords> = {
  running: { label: 'Running', tone: 'accent' },
  paused: { label: 'Paused', tone: 'warn' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  finished: { label: 'Finished', tone: 'ok' },
};

export const bulkItemWords: Record<BulkItemState, OutcomeWords> = {
  waiting: { label: 'Waiting', tone: 'neutral' },
  sent: { label: 'Under way', tone: 'accent' },
  applied: { label: 'Done', tone: 'ok' },
  refused: { label: 'Refused', tone: 'bad' },
  unknown: { label: 'Being checked', tone: 'warn' },
  skipped: { label: 'Skipped', tone: 'neutral' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

const summaryOrder = ['applied', 'refused', 'unknown', 'sent', 'waiting', 'cancelled', 'skipped'] as const;

/** `480 done, 3 refused, 17 skipped`. */
export function bulkCountsText({ counts }: Pick<BulkRunSummary, 'counts'>): string {
  const told = summaryOrder.filter((state) => counts[state] > 0);
  return told
    .map((state) => `${formatCount(counts[state])} ${bulkItemWords[state].label.toLowerCase()}`)
    .join(', ');
}

/** How many of the keys that are to change have their outcome. */
export function bulkProgress({ counts, total }: Pick<BulkRunSummary, 'counts' | 'total'>) {
  const all = total - counts.skipped;
  const done = counts.applied + counts.refused + counts.cancelled;
  return { done, all, share: all === 0 ? 1 : done / all };
}

function nameIn(list: readonly { id: string | number; name: string }[] | undefined, id: string | number) {
  return list?.find((item) => item.id === id)?.name ?? `no. ${id}`;
}

/** The places that an assignment touches: `Search, Ada`. */
function placeText(
  wish: Extract<BulkWish, { kind: 'assign' }>,
  at: Pick<BulkBefore, 'teamId' | 'ownerId'>,
  people: Assignees | undefined,
): string {
  const team = at.teamId === null ? 'no team' : nameIn(people?.teams, at.teamId);
  const owner = at.ownerId === null ? 'unowned' : nameIn(people?.owners, at.ownerId);
  return [wish.teamId === undefined ? null : team, wish.ownerId === undefined ? null : owner]
    .filter((text) => text !== null)
    .join(', ');
}

/** What was found, and what is there after the decision. */
function driftDifference({ decision, drift, was, found, to, until }: DriftWish): BulkDifference {
  const text = (value: DriftWish['found']) => valueText(drift, value) ?? 'not known';
  if (decision === 'put_back') return { before: text(found), after: text(to) };
  if (decision === 'adopt') return { before: text(was), after: text(found) };
  return { before: text(found), after: until === null ? 'Put off' : `Put off until ${formatDayYear(until)}` };
}

export type BulkDifference = { readonly before: string; readonly after: string };

/** What a key is, and what it becomes. */
export function bulkDifference(
  before: BulkBefore,
  wish: BulkWish,
  people: Assignees | undefined,
): BulkDifference {
  switch (wish.kind) {
    case 'set_limit':
      return { before: limitText(before.limit), after: limitText(wish.limit) };
    case 'disable':
      return { before: 'Enabled', after: 'Disabled' };
    case 'enable':
      return { before: 'Disabled', after: 'Enabled' };
    case 'assign':
      return {
        before: placeText(wish, before, people),
        after: placeText(wish, { teamId: wish.teamId ?? null, ownerId: wish.ownerId ?? null }, people),
      };
    case 'delete':
      return {
        before: limitText(before.limit),
        after: wish.isFinal ? 'Deleted' : 'Disabled, deleted later',
      };
    case 'undelete':
      return { before: 'Disabled, deleted later', after: 'As it was' };
    case 'rename':
      return { before: `“${wish.seenName}”`, after: `“${wish.name}”` };
    case 'drift':
      return driftDifference(wish);
  }
}
