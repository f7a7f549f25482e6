import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { settings } from '@/lib/db/schema';
import { DEFAULT_GRACE_DAYS, type DeleteGrace } from '@/lib/domain/keys/delete-grace';
import { deleteGraceSchema } from '@/lib/domain/keys/delete-grace-schema';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';

const TOPIC = 'delete-grace';

/** The grace period in force; the default where nobody set one. */
export async function findDeleteGrace(db: Queryable): Promise<DeleteGrace> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.topic, TOPIC));
  return row ? deleteGraceSchema.parse(row.value) : { days: DEFAULT_GRACE_DAYS };
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
    const values = { value: input, updatedAt: context.now(), updatedBy: person.id };
    await tx
      .insert(settings)
      .values({ topic: TOPIC, ...values })
      .onConflictDoUpdate({ target: settings.topic, set: values });
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
