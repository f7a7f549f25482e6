import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { users } from '@/lib/db/schema';
import { notFound } from '../errors';

export type UserRow = typeof users.$inferSelect;

/** Throws not-found. */
export async function getUserRow(db: Queryable, userId: string): Promise<UserRow> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  if (!row) throw notFound('person');
  return row;
}
