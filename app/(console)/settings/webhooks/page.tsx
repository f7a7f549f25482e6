import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { NoPermissionState } from '@/components/ui/states';
import { WebhookPage } from '@/components/webhooks/webhook-page';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { listWebhooks } from '@/lib/server/webhooks/list-webhooks';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'webhooks.write') === null) {
    return (
      <PageFrame title="Webhooks">
        <NoPermissionState actions={<ButtonLink href="/">Go to the overview</ButtonLink>}>
          Webhooks tell other programs what happens here. Admins set them.
        </NoPermissionState>
      </PageFrame>
    );
  }
  return <WebhookPage initial={await listWebhooks(context)} now={context.now().getTime()} />;
}
