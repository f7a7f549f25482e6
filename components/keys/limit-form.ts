import { z } from 'zod';
import { capped, type Limit } from '@/lib/domain/limits/limit';
import { isPositiveUsd, type Usd } from '@/lib/domain/money/usd';
import { typedUsdSchema } from '@/lib/domain/money/usd-schema';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { limitPeriodSchema } from '@/lib/domain/periods/limit-period-schema';

/** A limit as it is typed: the amount is text until it is checked. */
export const limitFormShape = {
  limitKind: z.enum(['unlimited', 'blocked', 'capped']),
  amountText: z.string(),
  period: limitPeriodSchema,
  includeByok: z.boolean(),
};

export type LimitFormValues = {
  limitKind: Limit['kind'];
  amountText: string;
  period: LimitPeriod;
  includeByok: boolean;
};

export function toLimitForm(
  limit: Limit,
  includeByok: boolean,
  periods: readonly LimitPeriod[],
): LimitFormValues {
  return {
    limitKind: limit.kind,
    amountText: limit.kind === 'capped' ? limit.amount : '',
    period:
      limit.kind === 'capped'
        ? limit.period
        : (periods.find((item) => item === 'monthly') ?? periods[0] ?? 'monthly'),
    includeByok,
  };
}

export type TypedLimit =
  | { readonly limit: Limit; readonly fault: null }
  | { readonly limit: null; readonly fault: string };

/** The limit that was typed, or what is wrong with it. */
export function readLimitForm(
  values: Pick<LimitFormValues, 'limitKind' | 'amountText' | 'period'>,
): TypedLimit {
  if (values.limitKind !== 'capped') return { limit: { kind: values.limitKind }, fault: null };
  const parsed = typedUsdSchema.safeParse(values.amountText);
  if (!parsed.success) return { limit: null, fault: parsed.error.issues[0]?.message ?? 'Enter an amount.' };
  const amount: Usd = parsed.data;
  if (!isPositiveUsd(amount)) {
    return {
      limit: null,
      fault: 'A cap must be above $0. Choose “Blocked” or “No limit” for anything else.',
    };
  }
  return { limit: capped(amount, values.period), fault: null };
}

/** Adds the amount's fault beside its field. */
export function checkLimitForm(values: LimitFormValues, context: z.RefinementCtx): void {
  const { fault } = readLimitForm(values);
  if (fault) context.addIssue({ code: 'custom', path: ['amountText'], message: fault });
}
