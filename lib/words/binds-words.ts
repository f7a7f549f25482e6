import type { Binding, Bound, BudgetKind, NotKnown } from '@/lib/domain/binds/bound';
import type { Limit } from '@/lib/domain/limits/limit';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';
import { resetText } from './limit-words';

export const budgetKindWords: Record<BudgetKind, { many: string }> = {
  guardrail: { many: 'guardrails' },
  member: { many: 'budgets of members' },
  workspace: { many: 'budgets of workspaces' },
  group: { many: 'budgets of groups' },
  project: { many: 'limits of projects' },
};

const periodAdjectives: Record<LimitPeriod, string> = {
  daily: 'daily ',
  weekly: 'weekly ',
  monthly: 'monthly ',
  total: '',
};

const notKnownWords: Record<NotKnown, string> = {
  guardrail: 'a budget of its guardrail',
  member: 'a limit of the person who made it',
  workspace: 'a budget of its workspace',
  group: 'a limit of its group',
  project: 'a limit of its project',
  balance: 'the account’s balance',
  maker: 'who made it, and so whose limit it draws on',
};

/** `the workspace’s weekly budget`, `the daily budget of the guardrail “Interns”`. */
export function boundText({ kind, name, period, isPersonal }: Bound): string {
  const every = periodAdjectives[period];
  switch (kind) {
    case 'key':
      return `its own ${every}limit`;
    case 'workspace':
      return `the workspace’s ${every}budget`;
    case 'guardrail':
      return name
        ? `the ${every}budget of the guardrail “${name}”`
        : `the workspace’s ${every}guardrail budget for each key`;
    case 'member':
      return name
        ? `the ${every}budget of the guardrail “${name}” for the person who made it`
        : `the ${every}limit of the person who made it`;
    case 'group':
      return isPersonal
        ? `the group’s ${every}limit for the person who made it`
        : `the group’s ${every}budget`;
    case 'project':
      return `the project’s ${every}limit`;
    case 'balance':
      return 'the account’s balance';
  }
}

function ownText(own: Limit): string {
  return own.kind === 'capped'
    ? `, not by its own ${formatUsdShort(own.amount)}`
    : '; it has no limit of its own';
}

function boundLine(binding: Extract<Binding, { kind: 'bound' }>, now: Date): string {
  const { by, left, own, isAtMost } = binding;
  const reset = resetText(by.period, now);
  const until = reset ? ` until ${reset}` : ' in all';
  const isOwn = by.kind === 'key';
  if (left === '0') {
    const end = reset ? until : '';
    return isOwn
      ? `can still spend ${formatUsd(left)}${until}`
      : `can spend nothing${end}; stopped by ${boundText(by)}${ownText(own)}`;
  }
  const can = `can still spend ${isAtMost ? 'at most ' : ''}${formatUsd(left)}${until}`;
  if (isOwn) return can;
  const use = by.used === null ? ', of which it is not known how much is used' : '';
  return `${can}; stopped first by ${boundText(by)}${use}${ownText(own)}`;
}

/**
 * What a key can still spend, until when, and what stops it first, to follow the key's name: `can still spend $12.40
 * until Mon 00:00 UTC; stopped first by the workspace’s weekly budget, not by its own $50`.
 */
export function bindingText(binding: Binding, now: Date): string {
  switch (binding.kind) {
    case 'open':
      return 'has no limit of its own, and none above it is known';
    case 'blocked':
      return 'can spend nothing: it is blocked';
    case 'unread':
      return 'has not been read since its limit started anew';
    case 'bound':
      return boundLine(binding, now);
  }
}

/** `Not known: a budget of its guardrail, a limit of the person who made it.`; null when all is known. */
function notKnownText({ kind, notKnown }: Binding): string | null {
  if (kind === 'blocked' || notKnown.length === 0) return null;
  return `Not known: ${notKnown.map((part) => notKnownWords[part]).join('; ')}.`;
}

/** That the provider does not tell what was used of what stops the key; null where it does, or nothing is known. */
function inferredText(binding: Binding): string | null {
  if (binding.kind !== 'bound' || binding.by.used === null || binding.by.inferredFrom === undefined)
    return null;
  const whose = binding.by.inferredFrom === 'key' ? 'this key’s own spend' : 'the spend of its keys';
  return `How much of it is used is inferred from ${whose}; the provider does not tell.`;
}

/** The one line as a sentence of its own, with what is inferred and what is not known: the same everywhere. Null stands under the key’s name. */
export function bindingSentence(binding: Binding, now: Date, subject: string | null = 'This key'): string {
  const more = [inferredText(binding), notKnownText(binding)].filter((part) => part !== null);
  const text = bindingText(binding, now);
  const line = subject === null ? text.charAt(0).toUpperCase() + text.slice(1) : `${subject} ${text}`;
  return [`${line}.`, ...more].join(' ');
}
