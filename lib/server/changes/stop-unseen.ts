import 'server-only';
import { eq } from 'drizzle-orm';
import { changes } from '@/lib/db/schema';
import { backoffMs } from '@/lib/domain/changes/settle-timing';
import { formatDateTime } from '@/lib/utils/format-date';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { openIncident } from '../incidents/open-incident';
import type { LoadedChange } from './change-row';
import { findRestoredCreate, type RestoredCreate } from './restored-creates';
import { asKeyward, type Keyed, stopCreated } from './retire-orphan';

const REASON = 'Nobody confirmed that its secret was seen.';
const WHY =
  'The secret is told once, and no browser confirmed that it showed it. If nobody has it, delete the key and create another. If someone has, let the key work again.';

/**
 * A new key was made, but nobody confirmed seeing its secret: the answer may have been lost on its way. The key is
 * stopped, since it may be one that lives and that nobody holds, and a person is asked. After a restore of a backup
 * from just then it is left as it is: it may have been confirmed since.
 */
export async function stopUnseen(given: ServerContext, change: LoadedChange): Promise<void> {
  const context = asKeyward(given);
  const { row, key } = change;
  if (key === null || key.deletedAt || key.goneAt) {
    await putOff(context, change, null);
    return;
  }
  const restored = await findRestoredCreate(context.db, row.id);
  if (restored) {
    await askRestored(context, { ...change, key }, restored);
    await putOff(context, change, null);
    return;
  }
  await ask(context, { ...change, key });
  try {
    await stopCreated(context, { ...change, key }, REASON);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await putOff(context, change, backoffMs(row.checks + 1));
    return;
  }
  await putOff(context, change, null);
}

async function putOff(context: ServerContext, { row }: LoadedChange, ms: number | null): Promise<void> {
  const lookAt = ms === null ? null : new Date(context.now().getTime() + ms);
  await context.db
    .update(changes)
    .set({ checks: row.checks + 1, lookAt })
    .where(eq(changes.id, row.id));
}

async function ask(context: ServerContext, { row, key, connection }: Keyed): Promise<void> {
  await withTransaction(context, (tx) =>
    openIncident(tx, context, {
      kind: 'secret_not_seen',
      title: `Nobody confirmed seeing the secret of “${key.name}” at ${connection.name}: the key is being stopped.`,
      facts: { why: WHY, madeBy: row.actorName },
      connectionId: connection.id,
      keyId: key.id,
      changeId: row.id,
    }),
  );
}

async function askRestored(
  context: ServerContext,
  { row, key, connection }: Keyed,
  { backupOf }: RestoredCreate,
): Promise<void> {
  await withTransaction(context, (tx) =>
    openIncident(tx, context, {
      kind: 'restored_create',
      title: `Does anybody have the secret of “${key.name}” at ${connection.name}? The backup cannot tell.`,
      facts: {
        why: `The key was just made when the backup of ${formatDateTime(backupOf)} was taken. Its secret may have been shown since, so it was left as it is. If someone has it, close this; if nobody has, delete the key and create another.`,
        madeBy: row.actorName,
      },
      connectionId: connection.id,
      keyId: key.id,
      changeId: row.id,
    }),
  );
}
