import 'server-only';
import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { changes } from '@/lib/db/schema';
import type { ChangeKind } from '@/lib/domain/changes/change';
import { inCallTiming } from '@/lib/domain/changes/settle-timing';
import type { ServerContext } from '../context';
import { loadChange } from './change-row';
import { runningChanges } from './lease';
import { familyOf, lookAtUpdate } from './look-at-update';

const LOOK_MS = 5_000;

/**
 * A change that was found not to have happened may have landed since. Before the next one of the same thing
 * overwrites its trace it is looked at once more, so that the ledger tells what truly happened; when it had landed,
 * whoever comes next is sent back to look again.
 */
export async function settleLate(context: ServerContext, keyId: number, kind: ChangeKind): Promise<void> {
  const pending = await context.db
    .select({ id: changes.id })
    .from(changes)
    .where(
      and(
        eq(changes.keyId, keyId),
        eq(changes.state, 'settled_not_applied'),
        isNotNull(changes.lookAt),
        ne(changes.kind, 'create_key'),
        // A deletion leaves nothing to look at.
        kind === 'delete_key' ? undefined : inArray(changes.kind, familyOf(kind)),
      ),
    );
  const quietMs = (context.settling ?? inCallTiming).quietMs;
  for (const { id } of pending) {
    if (runningChanges().has(id)) continue;
    await lookAtUpdate(context, await loadChange(context.db, id), {
      signal: AbortSignal.timeout(LOOK_MS),
      quietMs,
    });
  }
}
