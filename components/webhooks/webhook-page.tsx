'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/states';
import { toast } from '@/components/ui/toaster';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { useSetWebhookEnabled, useTestWebhook, webhooksQuery } from '@/lib/client/webhooks';
import type { WebhookView } from '@/lib/domain/notifications/webhook-view';
import { formatPlural } from '@/lib/utils/format-number';
import { SecretDialog } from './secret-dialog';
import { TestAnswer, type TestedWebhook } from './test-answer';
import { WebhookFormDialog } from './webhook-form-dialog';
import { NewSecretDialog, RemoveWebhookDialog } from './webhook-question';
import { type WebhookAct, WebhookTable } from './webhook-table';

type Shown = WebhookAct | { kind: 'add' } | { kind: 'made'; name: string; secret: string } | null;

interface WebhookPageProps {
  initial: readonly WebhookView[];
  now: number;
}

/** Where events go by HTTP. */
export function WebhookPage({ initial, now }: WebhookPageProps) {
  const { data: webhooks } = useQuery({ ...webhooksQuery, initialData: initial });
  const [shown, setShown] = useState<Shown>(null);
  const [tested, setTested] = useState<TestedWebhook | null>(null);
  const test = useTestWebhook();
  const setEnabled = useSetWebhookEnabled();
  const onError = (error: unknown) => toast.error(outcomeErrorOf(error).message);

  const add = (
    <Button variant="primary" onClick={() => setShown({ kind: 'add' })}>
      Add webhook
    </Button>
  );
  return (
    <PageFrame
      title="Webhooks"
      meta={webhooks.length > 0 ? formatPlural(webhooks.length, 'webhook') : null}
      actions={
        <>
          <ButtonLink href="/settings/webhooks/deliveries">Deliveries</ButtonLink>
          {webhooks.length > 0 ? add : null}
        </>
      }
    >
      {tested ? <TestAnswer tested={tested} onClose={() => setTested(null)} /> : null}
      {webhooks.length === 0 ? (
        <EmptyState title="No webhook yet" actions={add}>
          A webhook tells a chat or a program of yours what happens here: requests, raises, what needs a
          person.
        </EmptyState>
      ) : (
        <WebhookTable
          webhooks={webhooks}
          now={now}
          testingId={test.isPending ? test.variables.webhookId : null}
          onTest={({ id, name }) =>
            test.mutate({ webhookId: id }, { onSuccess: (result) => setTested({ name, result }), onError })
          }
          onSwitch={({ id, isEnabled }) =>
            setEnabled.mutate({ webhookId: id, isEnabled: !isEnabled }, { onError })
          }
          onChoose={setShown}
        />
      )}
      <ShownDialog shown={shown} onShow={setShown} />
    </PageFrame>
  );
}

function ShownDialog({ shown, onShow }: { shown: Shown; onShow: (next: Shown) => void }) {
  if (shown === null) return null;
  const close = () => onShow(null);
  const show = (name: string, secret: string | null) =>
    onShow(secret === null ? null : { kind: 'made', name, secret });
  switch (shown.kind) {
    case 'add':
    case 'change':
      return (
        <WebhookFormDialog
          webhook={shown.kind === 'change' ? shown.webhook : null}
          onClose={close}
          onCreated={({ name, secret }) => show(name, secret)}
        />
      );
    case 'made':
      return <SecretDialog name={shown.name} secret={shown.secret} onClose={close} />;
    case 'secret':
      return (
        <NewSecretDialog
          webhook={shown.webhook}
          onClose={close}
          onMade={({ secret }) => show(shown.webhook.name, secret)}
        />
      );
    case 'remove':
      return <RemoveWebhookDialog webhook={shown.webhook} onClose={close} />;
  }
}
