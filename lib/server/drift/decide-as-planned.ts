import 'server-only';
import { type DriftWish, whyOutdated } from '@/lib/domain/drift/drift-run';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { AppError, notFound } from '../errors';
import { adoptDrift, ignoreDrift } from './decide-drift';
import { type LoadedDrift, loadDrift } from './drift-circumstances';
import { putBackDrift } from './put-back-drift';

/** Whether this very decision was carried out already, by a process that died before it could say so. */
function isDone({ row }: LoadedDrift, wish: DriftWish, personId: string): boolean {
  switch (wish.decision) {
    case 'adopt':
      return row.decision === 'adopted' && row.decidedBy === personId;
    case 'put_back':
      return row.decision === 'put_back' && row.decidedBy === personId;
    case 'ignore':
      return row.decidedAt === null && row.ignoredUntil?.toISOString() === wish.until;
  }
}

/**
 * Carries out one decision of a run, over exactly what was shown and while it still means the same: `stale` when
 * something else is there, or a raise or a rotation of the key began since. Answers the change, if there is one.
 */
export async function decideAsPlanned(
  context: ServerContext,
  wish: DriftWish,
  reason: string,
): Promise<string | null> {
  requirePermission(context, 'keys.update');
  const person = requireUser(context);
  const { itemId, digest } = wish;
  const found = (await loadDrift(context.db, [itemId])).get(itemId);
  if (!found) throw notFound('difference');
  if (isDone(found, wish, person.id)) return null;
  const why = found.row.decidedAt === null ? whyOutdated(wish, found) : null;
  if (why !== null) throw new AppError('stale', why);
  if (wish.decision === 'put_back') {
    return (await putBackDrift(context, { itemId, digest, typedName: '', reason })).changeId;
  }
  const items = [{ itemId, digest }];
  const [outcome] =
    wish.decision === 'adopt' || wish.until === null
      ? await adoptDrift(context, { items, reason })
      : await ignoreDrift(context, { items, until: new Date(wish.until), reason });
  if (outcome?.problem) throw new AppError('stale', outcome.problem);
  return null;
}
