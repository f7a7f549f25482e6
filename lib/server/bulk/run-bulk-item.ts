import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import {
  type BulkBefore,
  type BulkWish,
  bulkBeforeSchema,
  bulkWishSchema,
} from '@/lib/domain/bulk/bulk-item';
import type { UserActor } from '@/lib/domain/people/actor';
import type { ServerContext } from '../context';
import { decideAsPlanned } from '../drift/decide-as-planned';
import { AppError } from '../errors';
import { deleteKey } from '../keys/delete-key';
import { loadKey } from '../keys/load-key';
import { renameKey } from '../keys/rename-key';
import { setKeyDisabled } from '../keys/set-key-disabled';
import { undoDeleteKey } from '../keys/undo-delete-key';
import { updateKeyLimit } from '../keys/update-key-limit';
import { assignKeys } from '../teams/assign-keys';
import type { BulkItemRow } from './bulk-item-state';
import type { BulkRunRow } from './load-bulk-run';

/** The person who started the run, with the rights of this moment. */
async function loadStarter(context: ServerContext, userId: string): Promise<UserActor> {
  const [row] = await context.db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      isDisabled: users.isDisabled,
      teamIds: sql<number[]>`array(
        select tm.team_id from team_members tm join teams t on t.id = tm.team_id
        where tm.user_id = users.id and t.archived_at is null order by tm.team_id)`,
    })
    .from(users)
    .where(eq(users.id, userId));
  if (!row || row.isDisabled) {
    throw new AppError('forbidden', 'The person who started this may no longer do it.');
  }
  const { isDisabled: _, ...person } = row;
  return { kind: 'user', ...person };
}

type Step = {
  readonly keyId: number;
  readonly before: BulkBefore;
  readonly wish: BulkWish;
  readonly reason: string;
  readonly parentId: string;
};

async function runStep(context: ServerContext, step: Step): Promise<string | null> {
  const { keyId, before, wish, reason, parentId } = step;
  switch (wish.kind) {
    case 'set_limit': {
      const { limit, includeByokInLimit } = before;
      const input = { keyId, seen: { limit, includeByokInLimit }, limit: wish.limit, reason };
      return (await updateKeyLimit(context, input, { parentId })).changeId;
    }
    case 'disable':
    case 'enable': {
      const input = { keyId, isDisabled: wish.kind === 'disable', reason };
      return (await setKeyDisabled(context, input, { parentId })).changeId;
    }
    case 'assign':
      await assignKeys(context, { keyIds: [keyId], teamId: wish.teamId, ownerId: wish.ownerId, reason });
      return null;
    case 'delete': {
      // The words typed at the start stand for the names of all.
      const { key } = await loadKey(context, 'keys.delete', keyId);
      return (await deleteKey(context, { keyId, typedName: key.name, reason }, { parentId })).changeId;
    }
    case 'rename': {
      const { seenName, name } = wish;
      return (await renameKey(context, { keyId, seenName, name, reason }, { parentId })).changeId;
    }
    case 'drift':
      // Its change hangs on the difference; the run stands in its request.
      return decideAsPlanned({ ...context, requestId: parentId }, wish, reason);
    case 'undelete':
      return (await undoDeleteKey(context, { keyId, reason }, { parentId })).changeId;
  }
}

/** One item through the ordinary verb, as the person who started the run. Answers the change, if there is one. */
export async function runBulkItem(
  context: ServerContext,
  run: BulkRunRow,
  item: BulkItemRow,
): Promise<string | null> {
  const actor = await loadStarter(context, run.createdBy);
  return runStep(
    { ...context, actor },
    {
      keyId: item.keyId,
      before: bulkBeforeSchema.parse(item.before),
      wish: bulkWishSchema.parse(item.wish),
      reason: run.reason,
      parentId: run.id,
    },
  );
}
