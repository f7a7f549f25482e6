import 'server-only';
import { and, isNotNull, lt, ne } from 'drizzle-orm';
import { deliveries, notifications } from '@/lib/db/schema';
import { type ServerContext, withTransaction } from '../context';
import { requireSystem } from '../people/people-context';

const KEPT_MS = 365 * 86_400_000;

/** Forgets what was told a year ago: notifications that were read, and deliveries that are over. */
export async function pruneMessages(context: ServerContext): Promise<void> {
  requireSystem(context);
  const before = new Date(context.now().getTime() - KEPT_MS);
  await withTransaction(context, async (tx) => {
    await tx
      .delete(notifications)
      .where(and(lt(notifications.createdAt, before), isNotNull(notifications.readAt)));
    await tx.delete(deliveries).where(and(lt(deliveries.createdAt, before), ne(deliveries.state, 'waiting')));
  });
}
