'use client';

import type { UseMutationResult } from '@tanstack/react-query';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogFooter,
} from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useRemoveWebhook, useRotateWebhookSecret, useSetWebhookEnabled } from '@/lib/client/webhooks';
import type { WebhookSecretView, WebhookView } from '@/lib/domain/notifications/webhook-view';

interface QuestionProps {
  webhook: WebhookView;
  onClose: () => void;
}

export function RemoveWebhookDialog({ webhook, onClose }: QuestionProps) {
  const remove = useRemoveWebhook();
  const setEnabled = useSetWebhookEnabled();
  const { id: webhookId, name } = webhook;
  return (
    <Question
      title={`Remove ${name}`}
      description={`${webhook.host} is told nothing any more. Its address and secret are wiped; what went out stays in the log.`}
      act={`Remove ${name}`}
      mutation={remove}
      onAct={() => remove.mutate({ webhookId }, { onSuccess: onClose })}
      onClose={onClose}
      milder={
        webhook.isEnabled ? (
          <Button
            variant="link"
            onClick={() => setEnabled.mutate({ webhookId, isEnabled: false }, { onSuccess: onClose })}
          >
            Switch it off instead
          </Button>
        ) : null
      }
    />
  );
}

export function NewSecretDialog({
  webhook,
  onClose,
  onMade,
}: QuestionProps & { onMade: (made: WebhookSecretView) => void }) {
  const rotate = useRotateWebhookSecret();
  return (
    <Question
      title={`New signing secret for ${webhook.name}`}
      description="From now on calls are signed with the new one. Until the receiver knows it, it will refuse them, and they are tried again."
      act="Make a new secret"
      mutation={rotate}
      onAct={() => rotate.mutate({ webhookId: webhook.id }, { onSuccess: onMade })}
      onClose={onClose}
    />
  );
}

interface QuestionFrameProps {
  title: string;
  description: string;
  act: string;
  mutation: Pick<UseMutationResult, 'error' | 'isPending'>;
  onAct: () => void;
  onClose: () => void;
  milder?: React.ReactNode;
}

function Question({ title, description, act, mutation, onAct, onClose, milder }: QuestionFrameProps) {
  return (
    <AlertDialog open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <AlertDialogContent title={title} description={description}>
        {mutation.error ? (
          <Notice tone="bad" live="assertive">
            {outcomeErrorOf(mutation.error).message}
          </Notice>
        ) : null}
        <AlertDialogFooter note={milder}>
          <AlertDialogCancel />
          <Button variant="danger" pending={mutation.isPending} onClick={onAct}>
            {act}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
