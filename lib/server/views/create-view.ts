import 'server-only';
import { savedViews } from '@/lib/db/schema';
import type { CreateViewInput, SavedView } from '@/lib/domain/views/saved-view';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { AppError, invalidField } from '../errors';
import { findViews } from './list-views';

const MOST_VIEWS = 50;

/** Keeps filters and sorting under a name, for oneself. Not audited: it changes nobody else's view. */
export async function createView(context: ServerContext, input: CreateViewInput): Promise<SavedView> {
  requirePermission(context, 'views.write');
  const { id: userId } = requireUser(context);
  return withTransaction(context, async (tx) => {
    if ((await findViews(tx, userId, input.page)).length >= MOST_VIEWS) {
      throw new AppError('invalid', `Keep at most ${MOST_VIEWS} views a page; delete one first.`);
    }
    const [view] = await tx
      .insert(savedViews)
      .values({ userId, ...input })
      .onConflictDoNothing()
      .returning({ id: savedViews.id, name: savedViews.name, query: savedViews.query });
    if (!view) throw invalidField('name', 'You have a view with this name already.');
    return view;
  });
}
