'use client';

import type { UseFormReturn } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import { type ConnectionForm, withProvider } from './connection-form-state';
import { ManagementKeyInput } from './management-key-input';
import { ProviderChoice } from './provider-choice';

interface ConnectionFieldsProps {
  form: UseFormReturn<ConnectionForm>;
  takenNames: readonly string[];
}

export function ConnectionFields({ form, takenNames }: ConnectionFieldsProps) {
  const { errors } = form.formState;
  const provider = form.watch('provider');
  const words = providerWords[provider];
  return (
    <>
      <ProviderChoice
        value={provider}
        onChange={(chosen) => {
          const next = withProvider(form.getValues(), chosen, takenNames);
          form.setValue('provider', next.provider);
          form.setValue('name', next.name);
          form.setValue('baseUrl', next.baseUrl);
          form.clearErrors();
        }}
      />
      <Field label="Name" hint="How people here call it." error={errors.name?.message}>
        <Input {...form.register('name')} autoComplete="off" />
      </Field>
      <Field label="Base URL" hint={words.baseUrlHint} error={errors.baseUrl?.message}>
        <Input {...form.register('baseUrl')} inputMode="url" autoComplete="off" spellCheck={false} />
      </Field>
      <Field label="Management key" hint={words.managementKeyHint} error={errors.managementKey?.message}>
        <ManagementKeyInput {...form.register('managementKey')} />
      </Field>
    </>
  );
}
