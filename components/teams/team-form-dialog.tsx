'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { applyFieldErrors } from '@/lib/client/people';
import { useCreateTeam, useUpdateTeam } from '@/lib/client/teams';
import { createTeamSchema, type TeamView } from '@/lib/domain/teams/team-input';

const formSchema = createTeamSchema.extend({
  costCentre: z.string().max(60, 'Keep the cost centre under 60 characters.'),
});
type FormValues = z.input<typeof formSchema>;

interface TeamFormDialogProps {
  /** The team to change; a new one without it. */
  team?: Pick<TeamView, 'id' | 'name' | 'costCentre'> | undefined;
  onClose: () => void;
  onCreated?: (teamId: number) => void;
}

/** Names a team and its cost centre: a new one, or one that is there. */
export function TeamFormDialog({ team, onClose, onCreated }: TeamFormDialogProps) {
  const create = useCreateTeam();
  const update = useUpdateTeam();
  const isPending = create.isPending || update.isPending;
  const form = useForm<FormValues>({
    resolver: zodResolver(formSchema),
    defaultValues: { name: team?.name ?? '', costCentre: team?.costCentre ?? '' },
  });
  const { errors } = form.formState;

  async function save(values: FormValues) {
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
      if (applyFieldErrors<FormValues>(error, ['name', 'costCentre'], form.setError)) return;
      form.setError('root', { message: outcomeErrorOf(error).message });
    }
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || isPending ? undefined : onClose())}>
      <DialogContent size="sm">
        <DialogHeader
          title={team ? 'Name and cost centre' : 'Create a team'}
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
