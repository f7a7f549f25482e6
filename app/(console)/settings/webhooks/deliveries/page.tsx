import type { Metadata } from 'next';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { NoPermissionState } from '@/components/ui/states';
import { DeliveryLog } from '@/components/webhooks/delivery-log';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { listDeliveriesSchema } from '@/lib/domain/notifications/delivery';
import { reachOf } from '@/lib/domain/people/permission';
import { listDeliveries } from '@/lib/server/deliveries/list-deliveries';

export const metadata: Metadata = { title: 'Deliveries' };

interface PageProps {
  searchParams: Promise<{ state?: string | string[] }>;
}

export default async function DeliveriesPage({ searchParams }: PageProps) {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'webhooks.write') === null) {
    return (
      <PageFrame title="Deliveries">
        <NoPermissionState actions={<ButtonLink href="/">Go to the overview</ButtonLink>}>
          Admins see which emails and webhooks went out.
        </NoPermissionState>
      </PageFrame>
    );
  }
  const asked = listDeliveriesSchema.safeParse({ state: (await searchParams).state ?? null });
  const input = asked.success ? asked.data : listDeliveriesSchema.parse({});
  return (
    <DeliveryLog
      initial={await listDeliveries(context, input)}
      initialState={input.state}
      now={context.now().getTime()}
    />
  );
}
