import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { oneTimeLinks } from '@/lib/db/schema';
import { SETUP_LINK_LIFETIME_MS } from '@/lib/domain/people/one-time-link';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { hasAdmin } from './has-admin';
import { createLinkToken } from './link-token';
import { requireSystem } from './people-context';

/** The token that lets its holder become the first admin, once, within a day; null when there is an admin. */
export async function createSetupLink(
  context: ServerContext,
): Promise<{ token: string; expiresAt: Date } | null> {
  requireSystem(context);
  return withTransaction(context, async (tx) => {
    if (await hasAdmin(tx)) return null;
    const { token, tokenHash } = createLinkToken();
    const createdAt = context.now();
    const expiresAt = new Date(createdAt.getTime() + SETUP_LINK_LIFETIME_MS);
    await tx.delete(oneTimeLinks).where(and(eq(oneTimeLinks.purpose, 'setup'), isNull(oneTimeLinks.usedAt)));
    await tx.insert(oneTimeLinks).values({ purpose: 'setup', tokenHash, createdAt, expiresAt });
    await appendAudit(tx, context, {
      action: 'setup.create_link',
      subjectKind: 'setting',
      after: { expiresAt: expiresAt.toISOString() },
      outcome: 'done',
    });
    return { token, expiresAt };
  });
}
