import 'server-only';
import { and, eq, ne } from 'drizzle-orm';
import { savedViews } from '@/lib/db/schema';
import type { SavedView, UpdateViewInput } from '@/lib/domain/views/saved-view';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { invalidField, notFound } from '../errors';

/** Renames one's own view, or gives it other filters. Someone else's view is not found. */
export async function updateView(context: ServerContext, input: UpdateViewInput): Promise<SavedView> {
  requirePermission(context, 'views.write');
  const { id: userId } = requireUser(context);
  const isOwn = and(eq(savedViews.id, input.viewId), eq(savedViews.userId, userId));
  return withTransaction(context, async (tx) => {
    const [current] = await tx.select().from(savedViews).where(isOwn).for('update');
    if (!current) throw notFound('view');
    const { name = current.name, query = current.query } = input;
    const others = await tx
      .select({ id: savedViews.id })
      .from(savedViews)
      .where(
        and(
          eq(savedViews.userId, userId),
          eq(savedViews.page, current.page),
          eq(savedViews.name, name),
          ne(savedViews.id, current.id),
        ),
      );
    if (others.length > 0) throw invalidField('name', 'You have a view with this name already.');
    await tx.update(savedViews).set({ name, query }).where(isOwn);
    return { id: current.id, name, query };
  });
}
