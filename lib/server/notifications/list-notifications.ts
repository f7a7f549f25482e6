import 'server-only';
import { and, count, desc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { notifications } from '@/lib/db/schema';
import type { listNotificationsSchema } from '@/lib/domain/notifications/notification-input';
import type { NotificationsView } from '@/lib/domain/notifications/notification-view';
import { requirePermission, requireUser, type ServerContext } from '../context';

/** How many of one's own notifications are unread. */
export async function countUnread(context: ServerContext): Promise<{ readonly unread: number }> {
  requirePermission(context, 'account.write');
  const [row] = await context.db
    .select({ unread: count() })
    .from(notifications)
    .where(and(eq(notifications.userId, requireUser(context).id), isNull(notifications.readAt)));
  return { unread: row?.unread ?? 0 };
}

/** One's own notifications, newest first. */
export async function listNotifications(
  context: ServerContext,
  { isUnreadOnly, limit }: z.output<typeof listNotificationsSchema>,
): Promise<NotificationsView> {
  requirePermission(context, 'account.write');
  const { id } = requireUser(context);
  const rows = await context.db
    .select()
    .from(notifications)
    .where(and(eq(notifications.userId, id), isUnreadOnly ? isNull(notifications.readAt) : undefined))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit + 1);
  return {
    items: rows.slice(0, limit).map((row) => ({
      id: row.id,
      title: row.title,
      body: row.body,
      href: row.href,
      createdAt: row.createdAt.toISOString(),
      isRead: row.readAt !== null,
    })),
    unread: (await countUnread(context)).unread,
    hasOlder: rows.length > limit,
  };
}
