import type { Limit } from '../limits/limit';
import type { Usd } from '../money/usd';
import type { LimitPeriod } from '../periods/limit-period';

/** What an account can hold over its keys, apart from its balance. */
export const budgetKinds = ['guardrail', 'member', 'workspace', 'group', 'project'] as const;
export type BudgetKind = (typeof budgetKinds)[number];

/** One thing that can stop a key. */
export type Bound = {
  readonly kind: 'key' | BudgetKind | 'balance';
  /** What it is called at the provider; null where it needs no name. */
  readonly name: string | null;
  /** What may be spent in a window; of a balance, what is left. */
  readonly amount: Usd;
  readonly period: LimitPeriod;
  /** What the current window has used up; null when Keyward does not know. */
  readonly used: Usd | null;
  /** Keys that draw on the same counter name the same one; null: this key alone. */
  readonly pool: string | null;
  /** Counted for each person alone: the one who made the key. */
  readonly isPersonal: boolean;
  /** Whose spend `used` was added up from, since the provider does not tell it; absent where it does. */
  readonly inferredFrom?: 'key' | 'keys';
};

/** What may stop a key and Keyward cannot tell: a kind of budget, the balance, or whose budget holds. */
export type NotKnown = BudgetKind | 'balance' | 'maker';

/** All that can stop one key, as far as it is known. */
export type Stack = {
  readonly limit: Limit;
  /** What the key's own window has used; null without a cap, or when it was not read since the window began. */
  readonly used: Usd | null;
  readonly above: readonly Bound[];
  readonly notKnown: readonly NotKnown[];
};

/** What a key can still spend, and what stops it first. */
export type Binding = { readonly own: Limit; readonly notKnown: readonly NotKnown[] } & (
  | { readonly kind: 'open' }
  | { readonly kind: 'blocked' }
  /** Its own limit started anew and was not read since. */
  | { readonly kind: 'unread' }
  | {
      readonly kind: 'bound';
      readonly by: Bound;
      readonly left: Usd;
      /** When more can be spent again; null: never by itself. */
      readonly until: Date | null;
      /** It may be less: what was used of a budget is not known. */
      readonly isAtMost: boolean;
    }
);
