'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Panel } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useUpdateRotationPolicy } from '@/lib/client/rotation';
import { type RotationPolicy, rotationPolicySchema } from '@/lib/domain/rotation/rotation-input';
import { formatPlural } from '@/lib/utils/format-number';

interface RotationPolicyPanelProps {
  policy: RotationPolicy;
  canWrite: boolean;
}

/** An empty field means never. */
const formSchema = z.object({
  days: z
    .string()
    .transform((text) => {
      const given = text.trim();
      if (given === '') return null;
      return /^\d+$/.test(given) ? Number(given) : Number.NaN;
    })
    .pipe(rotationPolicySchema.shape.dueDays),
});

function policyText({ dueDays }: RotationPolicy): string {
  return dueDays === null
    ? 'No age makes a key due for rotation.'
    : `Keys older than ${formatPlural(dueDays, 'day')} are due for rotation.`;
}

/** From which age keys are marked as due; nothing is rotated by itself. */
export function RotationPolicyPanel({ policy, canWrite }: RotationPolicyPanelProps) {
  return (
    <Panel className="flex max-w-xl flex-col gap-2">
      <h2 className="font-semibold text-base">Rotation of keys</h2>
      {canWrite ? <PolicyForm policy={policy} /> : <p>{policyText(policy)}</p>}
      <p className="text-muted text-xs">
        Keys that are due are marked in the key table and counted on the overview. Nothing is rotated by
        itself. Where a provider does not tell a key’s age, it counts from when it was first seen here.
      </p>
    </Panel>
  );
}

function PolicyForm({ policy }: Pick<RotationPolicyPanelProps, 'policy'>) {
  const update = useUpdateRotationPolicy();
  const form = useForm({
    resolver: zodResolver(formSchema),
    defaultValues: { days: policy.dueDays === null ? '' : String(policy.dueDays) },
  });

  function save({ days: dueDays }: z.output<typeof formSchema>) {
    update.mutate({ dueDays }, { onSuccess: () => toast(policyText({ dueDays })) });
  }

  return (
    <form
      onSubmit={(event) => void form.handleSubmit(save)(event)}
      noValidate
      className="flex flex-col gap-2"
    >
      <Field
        label="Keys are due after so many days"
        note="empty for never"
        error={form.formState.errors.days?.message}
      >
        <div className="flex items-center gap-2">
          <Input {...form.register('days')} inputMode="numeric" autoComplete="off" className="max-w-28" />
          <Button type="submit" pending={update.isPending} pendingText="Saving…">
            Save
          </Button>
        </div>
      </Field>
      {update.error ? (
        <Notice tone="bad" live="assertive" title="It was not saved.">
          {outcomeErrorOf(update.error).message}
        </Notice>
      ) : null}
    </form>
  );
}
