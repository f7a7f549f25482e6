import 'server-only';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { oneTimeLinks } from '@/lib/db/schema';
import { hashLinkToken } from './link-token';

type LinkRow = typeof oneTimeLinks.$inferSelect;

/** Uses a link up; null when the token is unknown, used or out of date. Of two at once only one gets it. */
export async function takeLink(
  tx: Transaction,
  purpose: 'invitation' | 'password',
  token: string,
  now: Date,
): Promise<LinkRow | null> {
  const [link] = await tx
    .update(oneTimeLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(oneTimeLinks.tokenHash, hashLinkToken(token)),
        eq(oneTimeLinks.purpose, purpose),
        isNull(oneTimeLinks.usedAt),
        gt(oneTimeLinks.expiresAt, now),
      ),
    )
    .returning();
  return link ?? null;
}
