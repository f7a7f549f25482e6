'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toaster';
import { fieldErrorsOf, outcomeErrorOf } from '@/lib/client/outcome';
import { useCreateWebhook, useUpdateWebhook } from '@/lib/client/webhooks';
import { topics } from '@/lib/domain/notifications/topic';
import {
  createWebhookSchema,
  editWebhookSchema,
  type WebhookFormValues,
  webhookFormats,
  webhookFormatWords,
} from '@/lib/domain/notifications/webhook-input';
import type { WebhookSecretView, WebhookView } from '@/lib/domain/notifications/webhook-view';
import { TopicOptions } from './topic-options';

interface WebhookFormDialogProps {
  /** Null for a new one. */
  webhook: WebhookView | null;
  onClose: () => void;
  onCreated: (created: WebhookSecretView & { name: string }) => void;
}

/** Adds a webhook, or changes one. */
export function WebhookFormDialog({ webhook, onClose, onCreated }: WebhookFormDialogProps) {
  const create = useCreateWebhook();
  const update = useUpdateWebhook();
  const form = useForm<WebhookFormValues>({
    resolver: zodResolver(webhook ? editWebhookSchema : createWebhookSchema),
    defaultValues: {
      name: webhook?.name ?? '',
      url: '',
      format: webhook?.format ?? 'json',
      topics: [...(webhook?.topics ?? topics)],
    },
  });
  const { errors, isSubmitting } = form.formState;

  async function submit(values: WebhookFormValues) {
    try {
      const { name, url, topics: chosen } = values;
      if (webhook) {
        const address = url === '' ? {} : { url };
        await update.mutateAsync({ webhookId: webhook.id, name, topics: chosen, ...address });
        toast(`${name} is saved.`);
        onClose();
      } else {
        onCreated({ ...(await create.mutateAsync(values)), name });
      }
    } catch (error) {
      const messages = fieldErrorsOf(error);
      for (const field of ['name', 'url', 'topics'] as const) {
        const message = messages[field]?.[0];
        if (message) form.setError(field, { message }, { shouldFocus: true });
      }
      if (Object.keys(messages).length === 0) {
        form.setError('root', { message: outcomeErrorOf(error).message });
      }
    }
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || isSubmitting ? undefined : onClose())}>
      <DialogContent size="lg">
        <form
          method="post"
          noValidate
          className="contents"
          onSubmit={(event) => void form.handleSubmit(submit)(event)}
        >
          <DialogHeader
            title={webhook ? `Change ${webhook.name}` : 'Add a webhook'}
            description="Each time something of what you choose happens, Keyward posts it to the address."
          />
          <DialogBody>
            {errors.root ? (
              <Notice tone="bad" live="assertive">
                {errors.root.message}
              </Notice>
            ) : null}
            <Field label="Name" error={errors.name?.message}>
              <Input autoComplete="off" {...form.register('name')} />
            </Field>
            <Field
              label="Address"
              error={errors.url?.message}
              hint={
                webhook
                  ? `Leads to ${webhook.host}. Leave it empty to keep it: nobody can read it back.`
                  : 'Kept encrypted and never shown again.'
              }
            >
              <Input type="url" autoComplete="off" spellCheck={false} {...form.register('url')} />
            </Field>
            {webhook ? null : <FormatField control={form.control} />}
            <Field label="Tells about" group error={errors.topics?.message}>
              <Controller
                control={form.control}
                name="topics"
                render={({ field }) => <TopicOptions value={field.value} onValueChange={field.onChange} />}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} disabled={isSubmitting}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={isSubmitting} pendingText="Saving…">
              {webhook ? 'Save' : 'Add webhook'}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type Control = ReturnType<typeof useForm<WebhookFormValues>>['control'];

function FormatField({ control }: { control: Control }) {
  return (
    <Controller
      control={control}
      name="format"
      render={({ field }) => (
        <Field label="Format" group hint={webhookFormatWords[field.value].hint}>
          <Segmented
            value={field.value}
            onValueChange={field.onChange}
            options={webhookFormats.map((value) => ({ value, label: webhookFormatWords[value].name }))}
          />
        </Field>
      )}
    />
  );
}
