import { isPositiveUsd, type Usd } from '@/lib/domain/money/usd';
import { typedUsdSchema } from '@/lib/domain/money/usd-schema';
import {
  MOST_LAPSE_DAYS,
  type RequestRules,
  type RequestRulesView,
  type TeamRequestRules,
} from '@/lib/domain/requests/request-rules';

/** Rules as they are typed: amounts and days are text. */
export type RulesDraft = {
  readonly twoAbove: string;
  readonly envelope: string;
  readonly smallRaise: string;
  readonly lapseDays: string;
  /** Empty, for a team, is as for everyone. */
  readonly lowering: '' | 'free' | 'asked';
};

export type RulesErrors = Partial<Record<keyof RulesDraft, string>>;

/** Everyone's draft, and one for each team that differs. */
export type AllDrafts = { readonly everyone: RulesDraft; readonly teams: ReadonlyMap<number, RulesDraft> };

export const asEveryone: RulesDraft = {
  twoAbove: '',
  envelope: '',
  smallRaise: '',
  lapseDays: '',
  lowering: '',
};

const amountText = (amount: Usd | null | undefined, none: string) =>
  amount === undefined ? '' : (amount ?? none);

function loweringText(isFree: boolean | undefined): RulesDraft['lowering'] {
  return isFree === undefined ? '' : isFree ? 'free' : 'asked';
}

function toDraft(rules: TeamRequestRules, none: string): RulesDraft {
  return {
    twoAbove: amountText(rules.twoAbove, none),
    envelope: amountText(rules.envelope, none),
    smallRaise: amountText(rules.smallRaise, none),
    lapseDays: rules.lapseDays === undefined ? '' : String(rules.lapseDays),
    lowering: loweringText(rules.isLoweringFree),
  };
}

export function toDrafts({ everyone, teams }: RequestRulesView): AllDrafts {
  return {
    everyone: toDraft(everyone, ''),
    teams: new Map(teams.flatMap(({ id, rules }) => (rules === null ? [] : [[id, toDraft(rules, '0')]]))),
  };
}

const AMOUNTS = ['twoAbove', 'envelope', 'smallRaise'] as const;

function readAmount(text: string): Usd | null | undefined {
  const parsed = typedUsdSchema.safeParse(text);
  if (!parsed.success) return undefined;
  return isPositiveUsd(parsed.data) ? parsed.data : null;
}

function readDays(text: string): number | null {
  const days = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return days >= 1 && days <= MOST_LAPSE_DAYS ? days : null;
}

/** What differs from everyone's rules, and what is wrong with it. An empty field says nothing; 0 says none. */
export function readTeamDraft(draft: RulesDraft): { rules: TeamRequestRules; errors: RulesErrors } {
  const errors: RulesErrors = {};
  const rules: TeamRequestRules = {};
  for (const field of AMOUNTS) {
    if (draft[field].trim() === '') continue;
    const amount = readAmount(draft[field]);
    if (amount === undefined) errors[field] = 'Enter an amount in dollars.';
    else rules[field] = amount;
  }
  if (draft.lapseDays.trim() !== '') {
    const days = readDays(draft.lapseDays);
    if (days === null) errors.lapseDays = `Enter whole days, from 1 to ${MOST_LAPSE_DAYS}.`;
    else rules.lapseDays = days;
  }
  if (draft.lowering !== '') rules.isLoweringFree = draft.lowering === 'free';
  return { rules, errors };
}

/** Everyone's rules; null while something is wrong. An empty amount is none. */
export function readEveryonesDraft(draft: RulesDraft): { rules: RequestRules | null; errors: RulesErrors } {
  const { rules, errors } = readTeamDraft(draft);
  const { lapseDays, twoAbove = null, envelope = null, smallRaise = null, isLoweringFree = false } = rules;
  if (lapseDays === undefined) {
    errors.lapseDays ??= `Enter whole days, from 1 to ${MOST_LAPSE_DAYS}.`;
    return { rules: null, errors };
  }
  const isWrong = Object.keys(errors).length > 0;
  return { rules: isWrong ? null : { twoAbove, envelope, smallRaise, isLoweringFree, lapseDays }, errors };
}
