import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { users } from '@/lib/db/schema';
import { AppError } from '../errors';

/** Whether an active admin besides this person remains. Locks all admins, so that two cannot demote each other at once. */
export async function hasAnotherAdmin(tx: Transaction, userId: string): Promise<boolean> {
  const admins = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.isDisabled, false)))
    .orderBy(users.id)
    .for('update');
  return admins.some((admin) => admin.id !== userId);
}

export async function requireAnotherAdmin(tx: Transaction, userId: string): Promise<void> {
  if (await hasAnotherAdmin(tx, userId)) return;
  throw new AppError('conflict', 'This is the last active admin. Make another person an admin first.');
}
