import 'server-only';
import { and, inArray, isNull, or } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { rotations } from '@/lib/db/schema';

/** Which of the keys are the old or the new one of a rotation that is under way. */
export async function keysUnderRotation(
  db: Queryable,
  keyIds: readonly number[],
): Promise<ReadonlySet<number>> {
  if (keyIds.length === 0) return new Set();
  const wanted = [...keyIds];
  const rows = await db
    .select({ oldKeyId: rotations.oldKeyId, newKeyId: rotations.newKeyId })
    .from(rotations)
    .where(
      and(
        isNull(rotations.finishedAt),
        or(inArray(rotations.oldKeyId, wanted), inArray(rotations.newKeyId, wanted)),
      ),
    );
  const involved = rows.flatMap(({ oldKeyId, newKeyId }) =>
    newKeyId === null ? [oldKeyId] : [oldKeyId, newKeyId],
  );
  const asked = new Set(wanted);
  return new Set(involved.filter((id) => asked.has(id)));
}
