import 'server-only';
import { and, asc, eq } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { savedViews } from '@/lib/db/schema';
import type { SavedView, ViewPage } from '@/lib/domain/views/saved-view';
import { requirePermission, requireUser, type ServerContext } from '../context';

/** The views of one person and page by name. */
export async function findViews(db: Queryable, userId: string, page: ViewPage): Promise<SavedView[]> {
  return db
    .select({ id: savedViews.id, name: savedViews.name, query: savedViews.query })
    .from(savedViews)
    .where(and(eq(savedViews.userId, userId), eq(savedViews.page, page)))
    .orderBy(asc(savedViews.name));
}

/** One's own saved views of a page. */
export async function listViews(
  context: ServerContext,
  input: { page: ViewPage },
): Promise<readonly SavedView[]> {
  requirePermission(context, 'views.write');
  return findViews(context.db, requireUser(context).id, input.page);
}
