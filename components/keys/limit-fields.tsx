'use client';

import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { ByokField } from '@/components/layout/new-key-fields';
import { Field } from '@/components/ui/field';
import { MoneyInput } from '@/components/ui/money-input';
import { Segmented } from '@/components/ui/segmented';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { periodWords } from '@/lib/words/limit-words';
import type { LimitFormValues } from './limit-form';

interface LimitFieldsProps {
  capabilities: Capabilities;
  providerName: string;
  /** Whether "No limit" may be chosen; creation can differ from later. */
  unlimited: Capabilities['unlimitedAtCreation'];
}

/** No limit, blocked or a cap, each named; what the provider cannot hold is greyed with its reason. */
export function LimitFields({ capabilities, providerName, unlimited }: LimitFieldsProps) {
  const { control } = useFormContext<LimitFormValues>();
  const kind = useWatch({ control, name: 'limitKind' });
  const reasons = [capabilities.blockedLimit, unlimited].flatMap((item) => (item.can ? [] : [item.reason]));
  return (
    <>
      <Controller
        control={control}
        name="limitKind"
        render={({ field, fieldState }) => (
          <Field
            group
            label="Limit"
            hint={reasons.length > 0 ? reasons.join(' ') : undefined}
            error={fieldState.error?.message}
          >
            <Segmented
              value={field.value}
              onValueChange={field.onChange}
              options={[
                { value: 'capped', label: 'Cap' },
                { value: 'unlimited', label: 'No limit', disabled: !unlimited.can },
                { value: 'blocked', label: 'Blocked', disabled: !capabilities.blockedLimit.can },
              ]}
            />
          </Field>
        )}
      />
      {kind === 'capped' ? <CapFields capabilities={capabilities} providerName={providerName} /> : null}
      {kind === 'capped' && capabilities.byokInLimit.can ? (
        <Controller
          control={control}
          name="includeByok"
          render={({ field }) => (
            <ByokField capabilities={capabilities} isCounted={field.value} onCounted={field.onChange} />
          )}
        />
      ) : null}
    </>
  );
}

function CapFields({ capabilities, providerName }: Omit<LimitFieldsProps, 'unlimited'>) {
  const { control, register, formState } = useFormContext<LimitFormValues>();
  const { limitPeriods } = capabilities;
  const [only] = limitPeriods;
  const isFixed = limitPeriods.length === 1;
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Field label="Amount, USD" error={formState.errors.amountText?.message} className="w-40">
        <MoneyInput size="lg" {...register('amountText')} />
      </Field>
      <Controller
        control={control}
        name="period"
        render={({ field }) => (
          <Field
            group
            label="Resets"
            hint={isFixed ? `${providerName} limits are ${periodWords[only].every}.` : undefined}
          >
            <Segmented
              value={field.value}
              onValueChange={field.onChange}
              options={limitPeriods.map((period) => ({ value: period, label: periodWords[period].label }))}
            />
          </Field>
        )}
      />
    </div>
  );
}
