import type { BulkAction, LimitRule } from '@/lib/domain/bulk/bulk-action';
import type { Limit } from '@/lib/domain/limits/limit';
import { isPositiveUsd, subtractUsd, type Usd, ZERO_USD } from '@/lib/domain/money/usd';
import { typedUsdSchema } from '@/lib/domain/money/usd-schema';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { readLimitForm } from '../limit-form';

export const bulkRules = [
  { value: 'limit', label: 'To an amount' },
  { value: 'percent', label: 'By a percentage' },
  { value: 'change', label: 'By an amount' },
  { value: 'spend', label: 'To a multiple of recent spend' },
] as const;
type Rule = (typeof bulkRules)[number]['value'];

/** What is typed and chosen for many keys at once; figures are text until they are checked. */
export type BulkForm = {
  readonly rule: Rule;
  readonly limitKind: Limit['kind'];
  readonly amountText: string;
  /** `own`: each key keeps its period. */
  readonly period: LimitPeriod | 'own';
  readonly direction: 'lower' | 'raise';
  readonly percentText: string;
  readonly changeText: string;
  readonly factorText: string;
  readonly spendPeriod: LimitPeriod;
  readonly isCapInstead: boolean;
  /** Empty keeps what each key has; `none` takes it away. */
  readonly teamText: string;
  readonly ownerText: string;
};

export const EMPTY_BULK_FORM: BulkForm = {
  rule: 'limit',
  limitKind: 'capped',
  amountText: '',
  period: 'own',
  direction: 'lower',
  percentText: '',
  changeText: '',
  factorText: '1.5',
  spendPeriod: 'monthly',
  isCapInstead: false,
  teamText: '',
  ownerText: '',
};

type ReadRule =
  | { readonly rule: LimitRule; readonly fault: null }
  /** A fault of null: nothing was typed yet, so nobody need be told. */
  | { readonly rule: null; readonly fault: string | null };

export type ReadBulk =
  | { readonly action: BulkAction; readonly fault: null }
  | { readonly action: null; readonly fault: string | null };

const faulty = (text: string, fault: string): ReadRule => ({
  rule: null,
  fault: text.trim() === '' ? null : fault,
});

/** A plain figure above zero, such as `20` or `1.5`; null for anything else. */
function readFigure(text: string): number | null {
  const bare = text.trim().replace(/%$/, '').trim();
  if (!/^\d{1,6}(\.\d{1,4})?$/.test(bare)) return null;
  const figure = Number(bare);
  return figure > 0 ? figure : null;
}

function readAmount(text: string): { amount: Usd; fault: null } | { amount: null; fault: string } {
  const parsed = typedUsdSchema.safeParse(text);
  if (!parsed.success) return { amount: null, fault: parsed.error.issues[0]?.message ?? 'Enter an amount.' };
  return isPositiveUsd(parsed.data)
    ? { amount: parsed.data, fault: null }
    : { amount: null, fault: 'Enter an amount above $0.' };
}

function readPercent({ percentText, direction }: BulkForm): ReadRule {
  const percent = readFigure(percentText);
  if (percent === null) return faulty(percentText, 'Enter a percentage, like 20 or 12.5.');
  if (direction === 'raise') {
    return percent <= 10_000
      ? { rule: { by: 'percent', percent }, fault: null }
      : faulty(percentText, 'Raise by 10,000% at most.');
  }
  return percent < 100
    ? { rule: { by: 'percent', percent: -percent }, fault: null }
    : faulty(percentText, 'That leaves nothing. Lower by less than 100%.');
}

function readRule(form: BulkForm): ReadRule {
  const { amountText, period, changeText, factorText, spendPeriod } = form;
  switch (form.rule) {
    case 'limit': {
      if (form.limitKind === 'capped' && period === 'own') {
        const { amount, fault } = readAmount(amountText);
        return amount === null ? faulty(amountText, fault) : { rule: { by: 'amount', amount }, fault: null };
      }
      const chosen = period === 'own' ? 'monthly' : period;
      const { limit, fault } = readLimitForm({ limitKind: form.limitKind, amountText, period: chosen });
      return limit === null ? faulty(amountText, fault) : { rule: { by: 'limit', limit }, fault: null };
    }
    case 'percent':
      return readPercent(form);
    case 'change': {
      const { amount, fault } = readAmount(changeText);
      if (amount === null) return faulty(changeText, fault);
      const signed = form.direction === 'raise' ? amount : subtractUsd(ZERO_USD, amount);
      return { rule: { by: 'change', amount: signed }, fault: null };
    }
    case 'spend': {
      const factor = readFigure(factorText);
      return factor === null || factor > 1_000
        ? faulty(factorText, 'Enter a factor up to 1,000, like 1.5.')
        : { rule: { by: 'spend', factor, period: spendPeriod }, fault: null };
    }
  }
}

/** The wish that the form holds, or what is missing. */
export function readBulkForm(kind: BulkAction['kind'], form: BulkForm): ReadBulk {
  switch (kind) {
    case 'set_limit': {
      const { rule, fault } = readRule(form);
      return rule === null ? { action: null, fault } : { action: { kind, rule }, fault: null };
    }
    case 'disable':
      return { action: { kind, isCapInstead: form.isCapInstead }, fault: null };
    case 'assign': {
      const { teamText, ownerText } = form;
      if (teamText === '' && ownerText === '') return { action: null, fault: null };
      const team = teamText === '' ? {} : { teamId: teamText === 'none' ? null : Number(teamText) };
      const owner = ownerText === '' ? {} : { ownerId: ownerText === 'none' ? null : ownerText };
      return { action: { kind, ...team, ...owner }, fault: null };
    }
    default:
      return { action: { kind }, fault: null };
  }
}
