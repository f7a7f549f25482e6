import 'server-only';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { oneTimeLinks } from '@/lib/db/schema';
import type { CreateFirstAdminInput } from '@/lib/domain/people/one-time-link';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { hasAdmin } from './has-admin';
import { insertUser } from './insert-user';
import { hashLinkToken } from './link-token';
import { hashPassword } from './password-hash';
import { asPerson, requireSystem } from './people-context';

/** Makes the holder of the set-up link the first admin. The link is void afterwards, and every other one too. */
export async function createFirstAdmin(
  context: ServerContext,
  input: CreateFirstAdminInput,
): Promise<{ email: string }> {
  requireSystem(context);
  const passwordHash = await hashPassword(input.password);
  return withTransaction(context, async (tx) => {
    const now = context.now();
    await useSetupLink(tx, input.token, now);
    const { name, email } = input;
    const user = await insertUser(tx, now, { email, name, role: 'admin', passwordHash, teams: [] });
    await appendAudit(tx, asPerson(context, user), {
      action: 'setup.create_admin',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      after: { email: user.email, role: user.role },
      outcome: 'done',
    });
    return { email: user.email };
  });
}

/** Locks every set-up link first, so that two holders cannot both be first. */
async function useSetupLink(tx: Transaction, token: string, now: Date): Promise<void> {
  const isSetup = eq(oneTimeLinks.purpose, 'setup');
  await tx
    .select({ id: oneTimeLinks.id })
    .from(oneTimeLinks)
    .where(isSetup)
    .orderBy(oneTimeLinks.id)
    .for('update');
  const isOpen = and(isSetup, isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, now));
  const [link] = await tx
    .update(oneTimeLinks)
    .set({ usedAt: now })
    .where(and(isOpen, eq(oneTimeLinks.tokenHash, hashLinkToken(token))))
    .returning({ id: oneTimeLinks.id });
  if (!link || (await hasAdmin(tx))) {
    throw new AppError(
      'conflict',
      'This set-up link is no longer valid. Start Keyward again for a new one, or sign in if it is set up.',
    );
  }
}
