import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { settings } from '@/lib/db/schema';
import { type RotationPolicy, rotationPolicySchema } from '@/lib/domain/rotation/rotation-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';

const TOPIC = 'rotation-policy';

async function findRotationPolicy(db: Queryable): Promise<RotationPolicy> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.topic, TOPIC));
  return row ? rotationPolicySchema.parse(row.value) : { dueDays: null };
}

/** After how many days keys are due for rotation. */
export async function getRotationPolicy(context: ServerContext): Promise<RotationPolicy> {
  requirePermission(context, 'keys.read');
  return findRotationPolicy(context.db);
}

/** Sets after how many days keys are due. Marks them only: nothing is rotated by itself. */
export async function updateRotationPolicy(context: ServerContext, input: RotationPolicy): Promise<void> {
  requirePermission(context, 'keys.delete');
  const person = requireUser(context);
  await withTransaction(context, async (tx) => {
    const before = await findRotationPolicy(tx);
    const values = { value: input, updatedAt: context.now(), updatedBy: person.id };
    await tx
      .insert(settings)
      .values({ topic: TOPIC, ...values })
      .onConflictDoUpdate({ target: settings.topic, set: values });
    await appendAudit(tx, context, {
      action: 'setting.rotation_policy',
      subjectKind: 'setting',
      subjectName: 'Days after which keys are due for rotation',
      before,
      after: input,
      outcome: 'done',
    });
  });
}
