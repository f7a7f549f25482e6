import 'server-only';
import { and, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { z } from 'zod';
import { notifications } from '@/lib/db/schema';
import type { markAllReadSchema, markReadSchema } from '@/lib/domain/notifications/notification-input';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { countUnread } from './list-notifications';

/** Marks some of one's own as read; others' ids do nothing. Not audited: it changes nobody's view but one's own. */
export async function markRead(
  context: ServerContext,
  { ids }: z.output<typeof markReadSchema>,
): Promise<{ readonly unread: number }> {
  requirePermission(context, 'account.write');
  const own = eq(notifications.userId, requireUser(context).id);
  await context.db
    .update(notifications)
    .set({ readAt: context.now() })
    .where(and(own, inArray(notifications.id, ids), isNull(notifications.readAt)));
  return countUnread(context);
}

/** Marks all of one's own as read that were there at `until`. */
export async function markAllRead(
  context: ServerContext,
  { until }: z.output<typeof markAllReadSchema>,
): Promise<{ readonly unread: number }> {
  requirePermission(context, 'account.write');
  const own = eq(notifications.userId, requireUser(context).id);
  await context.db
    .update(notifications)
    .set({ readAt: context.now() })
    .where(and(own, lte(notifications.createdAt, new Date(until)), isNull(notifications.readAt)));
  return countUnread(context);
}
