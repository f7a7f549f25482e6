import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { settings } from '@/lib/db/schema';

/** What stands under a topic, to be parsed by its owner; undefined where nobody set it. */
export async function findSetting(db: Queryable, topic: string): Promise<unknown> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.topic, topic));
  return row?.value;
}

/** Keeps one value a topic. `by` is the person who set it, null where Keyward itself did. */
export async function storeSetting(
  tx: Transaction,
  topic: string,
  value: unknown,
  { at, by }: { readonly at: Date; readonly by: string | null },
): Promise<void> {
  const kept = { value, updatedAt: at, updatedBy: by };
  await tx
    .insert(settings)
    .values({ topic, ...kept })
    .onConflictDoUpdate({ target: settings.topic, set: kept });
}
