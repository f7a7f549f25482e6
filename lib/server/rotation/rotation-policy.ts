import 'server-only';
import type { Queryable } from '@/lib/db/client';
import { type RotationPolicy, rotationPolicySchema } from '@/lib/domain/rotation/rotation-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, requireUser, type ServerContext, withTransaction } from '../context';
import { findSetting, storeSetting } from '../settings/store-setting';

const TOPIC = 'rotation-policy';

async function findRotationPolicy(db: Queryable): Promise<RotationPolicy> {
  const value = await findSetting(db, TOPIC);
  return value === undefined ? { dueDays: null } : rotationPolicySchema.parse(value);
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
    await storeSetting(tx, TOPIC, input, { at: context.now(), by: person.id });
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
