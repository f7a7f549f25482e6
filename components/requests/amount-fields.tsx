import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { MoneyInput } from '@/components/ui/money-input';
import { Segmented } from '@/components/ui/segmented';
import type { Support } from '@/lib/domain/connections/capabilities';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { periodWords } from '@/lib/words/limit-words';
import type { RequestDraft } from './request-draft';

export type DraftFieldsProps = {
  draft: RequestDraft;
  onChange: (values: Partial<RequestDraft>) => void;
  /** By field, as it was refused. */
  errors: Partial<Record<keyof RequestDraft, string>>;
};

interface AmountFieldsProps extends DraftFieldsProps {
  periods: readonly LimitPeriod[];
  providerName: string;
  /** Whether an amount may be added to what is there. */
  canAdd: boolean;
  unlimited: Support;
}

/** The limit that is wished for: to an amount, by an amount, or none. */
export function AmountFields(props: AmountFieldsProps) {
  const { draft, onChange, errors, periods, providerName, canAdd, unlimited } = props;
  const [only] = periods;
  const isFixed = periods.length === 1 && only !== undefined;
  const options = [
    { value: 'to', label: canAdd ? 'To an amount' : 'An amount' },
    ...(canAdd ? [{ value: 'by', label: 'By an amount' } as const] : []),
    { value: 'unlimited', label: 'No limit', disabled: !unlimited.can },
  ] as const;
  return (
    <>
      <Field group label="Limit" error={errors.how} hint={unlimited.can ? undefined : unlimited.reason}>
        <Segmented options={options} value={draft.how} onValueChange={(how) => onChange({ how })} />
      </Field>
      {draft.how === 'unlimited' ? null : (
        <div className="flex flex-wrap items-start gap-3">
          <Field
            label={draft.how === 'by' ? 'More by, USD' : 'Amount, USD'}
            error={errors.amountText}
            className="w-40"
          >
            <MoneyInput
              size="lg"
              value={draft.amountText}
              onChange={({ target }) => onChange({ amountText: target.value })}
            />
          </Field>
          {draft.how === 'to' ? (
            <Field
              group
              label="Resets"
              hint={isFixed ? `${providerName} limits are ${periodWords[only].every}.` : undefined}
            >
              <Segmented
                value={draft.period}
                onValueChange={(period) => onChange({ period })}
                options={periods.map((period) => ({ value: period, label: periodWords[period].label }))}
              />
            </Field>
          ) : null}
        </div>
      )}
    </>
  );
}

interface UntilFieldsProps {
  isUntil: boolean;
  untilDay: string;
  onChange: (values: { isUntil?: boolean; untilDay?: string }) => void;
  error: string | undefined;
  /** The first UTC day that can be chosen, and the last. */
  min: string;
  max: string;
  /** Whether it may be for good. */
  canBeForGood?: boolean;
}

/** For good, or until the end of a UTC day. */
export function UntilFields({
  isUntil,
  untilDay,
  onChange,
  error,
  min,
  max,
  canBeForGood = true,
}: UntilFieldsProps) {
  return (
    <div className="flex flex-wrap items-start gap-3">
      {canBeForGood ? (
        <Field group label="How long">
          <Segmented
            value={isUntil ? 'until' : 'good'}
            onValueChange={(value) => onChange({ isUntil: value === 'until' })}
            options={[
              { value: 'good', label: 'For good' },
              { value: 'until', label: 'Until a date' },
            ]}
          />
        </Field>
      ) : null}
      {isUntil || !canBeForGood ? (
        <Field label="Last day, UTC" error={error} hint="It ends by itself at 23:59 UTC." className="w-44">
          <Input
            type="date"
            min={min}
            max={max}
            value={untilDay}
            onChange={({ target }) => onChange({ untilDay: target.value })}
          />
        </Field>
      ) : null}
    </div>
  );
}
