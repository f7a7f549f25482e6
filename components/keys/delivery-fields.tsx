'use client';

import { useQuery } from '@tanstack/react-query';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { CheckboxField } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { RadioGroup, RadioOption } from '@/components/ui/radio-group';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { assigneesQuery } from '@/lib/client/keys';
import { type CreateKeyForm, handOverLifetimes } from './create-key-form';

/** Where the new secret goes: to this screen, or sealed to someone else. */
export function DeliveryFields() {
  const { control } = useFormContext<CreateKeyForm>();
  return (
    <Field label="Secret" group>
      <Controller
        control={control}
        name="delivery"
        render={({ field }) => (
          <RadioGroup value={field.value} onValueChange={field.onChange}>
            <RadioOption value="show" label="Show it to me once" hint="Here, right after." />
            <RadioOption
              value="hand-over"
              label="Hand it over"
              hint="You get a link that opens once; you never see the secret."
            >
              {field.value === 'hand-over' ? <HandOverFields /> : null}
            </RadioOption>
          </RadioGroup>
        )}
      />
    </Field>
  );
}

function HandOverFields() {
  const { control, register, formState } = useFormContext<CreateKeyForm>();
  const { data } = useQuery(assigneesQuery);
  const hasRecipient = useWatch({ control, name: 'recipientId' }) !== '';
  return (
    <div className="mt-3 flex flex-col gap-3">
      <Field label="To" note="optional" error={formState.errors.recipientId?.message} className="max-w-60">
        <Select {...register('recipientId')}>
          <option value="">Whoever has the link</option>
          {data?.owners.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Can be picked up for" group>
        <Controller
          control={control}
          name="lifetime"
          render={({ field }) => (
            <Segmented options={handOverLifetimes} value={field.value} onValueChange={field.onChange} />
          )}
        />
      </Field>
      <Controller
        control={control}
        name="isSignInNeeded"
        render={({ field }) => (
          <CheckboxField
            label="Only after signing in"
            hint={hasRecipient ? 'Always so for a named person.' : undefined}
            checked={hasRecipient || field.value}
            disabled={hasRecipient}
            onChange={(event) => field.onChange(event.target.checked)}
          />
        )}
      />
    </div>
  );
}
