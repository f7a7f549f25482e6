import 'server-only';
import type { Queryable } from '@/lib/db/client';
import { DEFAULT_GRACE_DAYS, type DeleteGrace } from '@/lib/domain/keys/delete-grace';
import { deleteGraceSchema } from '@/lib/domain/keys/delete-grace-schema';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { findSetting, storeSetting } from '../settings/store-setting';

const TOPIC = 'delete-grace';

/** The grace period in force; the default where nobody set one. */
export async function findDeleteGrace(db: Queryable): Promise<DeleteGrace> {
  const value = await findSetting(db, TOPIC);
  return value === undefined ? { days: DEFAULT_GRACE_DAYS } : deleteGraceSchema.parse(value);
}

export async function getDeleteGrace(context: ServerContext): Promise<DeleteGrace> {
  requirePermission(context, 'keys.read');
  return findDeleteGrace(context.db);
}

/** Sets how long deleted keys wait. What waits already keeps its day. */
export async function updateDeleteGrace(context: ServerContext, input: DeleteGrace): Promise<void> {
  requirePermission(context, 'keys.delete');
  const person = requireUser(context);
  await withTransaction(context, async (tx) => {
    const before = await findDeleteGrace(tx);
    await storeSetting(tx, TOPIC, input, { at: context.now(), by: person.id });
    await appendAudit(tx, context, {
      action: 'setting.delete_grace',
      subjectKind: 'setting',
      subjectName: 'Days before a deleted key goes for good',
      before,
      after: input,
      outcome: 'done',
    });
  });
}
