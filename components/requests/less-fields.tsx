import { Field } from '@/components/ui/field';
import { MoneyInput } from '@/components/ui/money-input';
import { capped, type Limit } from '@/lib/domain/limits/limit';
import { isPositiveUsd } from '@/lib/domain/money/usd';
import { typedUsdSchema } from '@/lib/domain/money/usd-schema';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { addDays, parseUtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { LONGEST_RAISE_DAYS } from '@/lib/domain/raises/raise';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { isWithinGrant } from '@/lib/domain/requests/request-wish';
import { periodWords } from '@/lib/words/limit-words';
import { UntilFields } from './amount-fields';
import { endOfDay } from './request-draft';

/** What an approver cuts a wish to, as it is typed. */
export type Less = { readonly amountText: string; readonly isUntil: boolean; readonly untilDay: string };

export type LimitGrant = Extract<Grant, { kind: 'limit' | 'new_key' }>;

export function toLess(grant: LimitGrant): Less {
  const until = grant.kind === 'limit' ? grant.until : null;
  return {
    amountText: grant.limit.kind === 'capped' ? grant.limit.amount : '',
    isUntil: until !== null,
    untilDay: until?.slice(0, 10) ?? '',
  };
}

/** A cut of "no limit" is a cap of the present window. */
export function periodOfCut(whole: LimitGrant, current: Limit | null): LimitPeriod {
  if (whole.limit.kind === 'capped') return whole.limit.period;
  return current?.kind === 'capped' ? current.period : 'monthly';
}

export type ReadLess = { readonly grant: Grant } | { readonly fault: string };

/** The grant that was typed, or what is wrong with it. */
export function readLess(less: Less, whole: LimitGrant, current: Limit | null): ReadLess {
  const amount = typedUsdSchema.safeParse(less.amountText);
  if (!amount.success || !isPositiveUsd(amount.data)) return { fault: 'Enter an amount above $0.' };
  if (less.isUntil && less.untilDay === '') return { fault: 'Choose a last day.' };
  const limit = capped(amount.data, periodOfCut(whole, current));
  const until = less.isUntil ? endOfDay(less.untilDay) : null;
  const grant: Grant = whole.kind === 'limit' ? { kind: 'limit', limit, until } : { kind: 'new_key', limit };
  return isWithinGrant(grant, whole, current)
    ? { grant }
    : { fault: 'Give what was asked for or less, and more than there is now.' };
}

interface LessFieldsProps {
  less: Less;
  whole: LimitGrant;
  current: Limit | null;
  fault: string | undefined;
  onChange: (values: Partial<Less>) => void;
}

/** A smaller amount, a shorter time. */
export function LessFields({ less, whole, current, fault, onChange }: LessFieldsProps) {
  const today = utcDayOf(new Date());
  const until = whole.kind === 'limit' ? whole.until : null;
  const last = until === null ? addDays(today, LONGEST_RAISE_DAYS - 1) : (parseUtcDay(until) ?? today);
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Field
        label={`Amount, USD ${periodWords[periodOfCut(whole, current)].every}`}
        error={fault}
        className="w-44"
      >
        <MoneyInput
          size="lg"
          value={less.amountText}
          onChange={({ target }) => onChange({ amountText: target.value })}
        />
      </Field>
      {whole.kind === 'limit' ? (
        <UntilFields
          isUntil={less.isUntil}
          untilDay={less.untilDay}
          onChange={onChange}
          error={undefined}
          min={today}
          max={last}
          canBeForGood={until === null}
        />
      ) : null}
    </div>
  );
}
