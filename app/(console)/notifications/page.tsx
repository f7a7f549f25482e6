import type { Metadata } from 'next';
import { NotificationList } from '@/components/notifications/notification-list';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { listNotificationsSchema } from '@/lib/domain/notifications/notification-input';
import { listNotifications } from '@/lib/server/notifications/list-notifications';

export const metadata: Metadata = { title: 'Notifications' };

interface PageProps {
  searchParams: Promise<{ unread?: string | string[] }>;
}

export default async function NotificationsPage({ searchParams }: PageProps) {
  const context = await requirePageContext();
  const isUnreadOnly = (await searchParams).unread === 'true';
  return (
    <NotificationList
      initial={await listNotifications(context, listNotificationsSchema.parse({ isUnreadOnly }))}
      initialIsUnreadOnly={isUnreadOnly}
      now={context.now().getTime()}
    />
  );
}
