import 'server-only';
import { and, eq } from 'drizzle-orm';
import { savedViews } from '@/lib/db/schema';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { notFound } from '../errors';

/** Deletes one's own view. Someone else's view is not found. */
export async function deleteView(
  context: ServerContext,
  input: { viewId: string },
): Promise<{ viewId: string }> {
  requirePermission(context, 'views.write');
  const { id: userId } = requireUser(context);
  const deleted = await context.db
    .delete(savedViews)
    .where(and(eq(savedViews.id, input.viewId), eq(savedViews.userId, userId)))
    .returning({ id: savedViews.id });
  if (deleted.length === 0) throw notFound('view');
  return { viewId: input.viewId };
}
