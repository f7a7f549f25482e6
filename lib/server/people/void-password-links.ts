import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { oneTimeLinks } from '@/lib/db/schema';

/** Open links for a new password no longer work: a newer one was made, the password changed, or its person is out. */
export async function voidPasswordLinks(tx: Transaction, userId: string): Promise<void> {
  await tx
    .delete(oneTimeLinks)
    .where(
      and(eq(oneTimeLinks.purpose, 'password'), eq(oneTimeLinks.userId, userId), isNull(oneTimeLinks.usedAt)),
    );
}
