import type { ProviderBudget } from '@/lib/domain/binds/provider-budget';
import { isPositiveUsd, parseUsd, type Usd, ZERO_USD } from '@/lib/domain/money/usd';
import { isRecord, lenientText } from '../http/lenient';
import { groupLimitsSchema } from './wire';

/** A limit as told: 0 is none; null and absent is the organization's default, which no call tells. */
function readAmount(value: unknown): Usd | 'none' | 'not_told' {
  if (value === null || value === undefined) return 'not_told';
  const amount = parseUsd(value);
  if (amount === ZERO_USD) return 'none';
  return amount !== null && isPositiveUsd(amount) ? amount : 'not_told';
}

function amountOf(value: ReturnType<typeof readAmount>): Usd | null {
  return value === 'none' || value === 'not_told' ? null : value;
}

export type GroupLimits = {
  readonly id: string;
  readonly name: string;
  /** What all of the group may spend together (Group Budget mode). */
  readonly together: Usd | null;
  readonly spend: Usd | null;
  /** What each member may spend in the group: `monthly_limit` in Global mode, else `monthly_budget_per_user`. */
  readonly perMember: Usd | null;
  /** False when a limit may stand that was not told. */
  readonly isWhole: boolean;
};

/**
 * What a group limits, by the organization's budget mode: in Group Budget mode `monthly_budget` is told and caps the
 * group, in Global mode `monthly_limit` caps each member (vendor's client, August 2026).
 */
export function toGroupLimits(row: unknown): GroupLimits | null {
  const parsed = groupLimitsSchema.safeParse(row);
  if (!parsed.success) return null;
  const { id, name, monthly_limit, monthly_budget, monthly_budget_per_user, monthly_spend } = parsed.data;
  const budget = readAmount(monthly_budget);
  const perUser = readAmount(monthly_budget_per_user);
  const isGroupMode = budget !== 'not_told' || perUser !== 'not_told';
  const limit = readAmount(monthly_limit);
  const each = isGroupMode ? perUser : limit;
  return {
    id,
    name: name ?? id,
    together: amountOf(budget),
    spend: parseUsd(monthly_spend),
    perMember: amountOf(each),
    isWhole: isGroupMode ? budget !== 'not_told' : limit !== 'not_told',
  };
}

const MONTHLY = { period: 'monthly', includesByok: null } as const;

/** The budgets of a group; `people` are its members with their spend in it, where they are limited apart. */
export function groupBudgets(group: GroupLimits, people: readonly unknown[]): ProviderBudget[] {
  const { id, name, together, perMember } = group;
  const all = { containers: [id], members: null, keys: null, exceptKeys: [], counts: 'together' as const };
  const pooled: ProviderBudget[] =
    together === null
      ? []
      : [
          {
            ...MONTHLY,
            kind: 'group',
            externalId: id,
            name,
            amount: together,
            spend: group.spend,
            covers: all,
          },
        ];
  if (perMember === null) return pooled;
  const apart = people.flatMap((person): ProviderBudget[] => {
    const userId = isRecord(person) ? lenientText(person.id) : null;
    if (userId === null || !isRecord(person)) return [];
    const spend = parseUsd(person.monthly_spend);
    const covers = { ...all, members: [userId], counts: 'each_member' as const };
    return [
      { ...MONTHLY, kind: 'group', externalId: `${id}/${userId}`, name, amount: perMember, spend, covers },
    ];
  });
  return [...pooled, ...apart];
}

/** The limits of members over all their keys; `isWhole` is false when one may stand that was not told. */
export function memberBudgets(rows: readonly unknown[]): {
  readonly budgets: readonly ProviderBudget[];
  readonly isWhole: boolean;
} {
  let isWhole = true;
  const budgets = rows.flatMap((row): ProviderBudget[] => {
    const userId = isRecord(row) ? (lenientText(row.id) ?? lenientText(row.user_id)) : null;
    if (userId === null || !isRecord(row)) {
      isWhole = false;
      return [];
    }
    const limit = readAmount(row.monthly_limit);
    if (limit === 'not_told') isWhole = false;
    const amount = amountOf(limit);
    if (amount === null) return [];
    const covers = {
      containers: null,
      members: [userId],
      keys: null,
      exceptKeys: [],
      counts: 'each_member' as const,
    };
    const spend = parseUsd(row.monthly_spend);
    return [{ ...MONTHLY, kind: 'member', externalId: userId, name: '', amount, spend, covers }];
  });
  return { budgets, isWhole };
}
