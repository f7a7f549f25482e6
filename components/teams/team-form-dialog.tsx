'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { MoneyInput } from '@/components/ui/money-input';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors } from '@/lib/client/people';
import { useCreateTeam, useUpdateTeam } from '@/lib/client/teams';
import { typedUsdSchema } from '@/lib/domain/money/usd-schema';
import { createTeamSchema, type TeamView } from '@/lib/domain/teams/team-input';

const formSchema = createTeamSchema.extend({
  costCentre: z.string().max(60, 'Keep the cost centre under 60 characters.'),
  monthlyBudget: z
    .string()
    .trim()
    .refine((text) => text === '' || Number(typedUsdSchema.safeParse(text).data ?? 0) > 0, {
      message: 'Enter an amount above zero, like 380 or 12.50, or nothing.',
    }),
});
type FormValues = z.input<typeof formSchema>;

interface TeamFormDialogProps {
  /** The team to change; a new one without it. */
  team?: Pick<TeamView, 'id' | 'name' | 'costCentre' | 'monthlyBudget'> | undefined;
  onClose: () => void;
  onCreated?: (teamId: number) => void;
}

/** Names a team, its cost centre and its budget: a new one, or one that is there. */
export function TeamFormDialog({ team, onClose, onCreated }: TeamFormDialogProps) {
  const create = useCreateTeam();
  const update = useUpdateTeam();
  const isPending = create.isPending || update.isPending;
  const form = useForm<FormValues>({
    resolver: zodResolver(formSchema),
    defaultValues: {
      name: team?.name ?? '',
      costCentre: team?.costCentre ?? '',
      monthlyBudget: team?.monthlyBudget ?? '',
    },
  });
  const { errors } = form.formState;

  async function save({ monthlyBudget, ...typed }: FormValues) {
    const budget = monthlyBudget.trim() === '' ? null : typedUsdSchema.parse(monthlyBudget);
    const values = { ...typed, monthlyBudget: budget };
    try {
      if (team) {
        await update.mutateAsync({ teamId: team.id, ...values });
        toast(`${values.name} is saved.`);
      } else {
        const { teamId } = await create.mutateAsync(values);
        toast(`${values.name} is there. Its keys and people come next.`);
        onCreated?.(teamId);
      }
      onClose();
    } catch (error) {
      if (applyFieldErrors<FormValues>(error, ['name', 'costCentre', 'monthlyBudget'], form.setError)) return;
      form.setError('root', { message: outcomeErrorOf(error).message });
    }
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || isPending ? undefined : onClose())}>
      <DialogContent size="sm">
        <DialogHeader
          title={team ? 'Name, cost centre and budget' : 'Create a team'}
          description={team ? undefined : 'A team owns keys; its leads see their spend and limits.'}
        />
        <form className="contents" noValidate onSubmit={(event) => void form.handleSubmit(save)(event)}>
          <DialogBody>
            <Field label="Name" error={errors.name?.message} required>
              <Input autoComplete="off" {...form.register('name')} />
            </Field>
            <Field label="Cost centre" note="optional" error={errors.costCentre?.message}>
              <Input autoComplete="off" {...form.register('costCentre')} />
            </Field>
            <Field
              label="Monthly budget"
              note="optional"
              hint="What its keys may spend in a UTC month. It warns and is weighed with requests; it stops no key."
              error={errors.monthlyBudget?.message}
            >
              <MoneyInput {...form.register('monthlyBudget')} />
            </Field>
            {errors.root ? (
              <Notice tone="bad" live="assertive">
                {errors.root.message}
              </Notice>
            ) : null}
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} disabled={isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={isPending} pendingText="Saving…">
              {team ? 'Save' : 'Create team'}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
