import 'server-only';
import { oneTimeLinks } from '@/lib/db/schema';
import type { MemberIdInput } from '@/lib/domain/people/member-input';
import { PASSWORD_LINK_LIFETIME_MS } from '@/lib/domain/people/one-time-link';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { getUserRow, type UserRow } from './get-user-row';
import { createLinkToken } from './link-token';
import { voidPasswordLinks } from './void-password-links';

function requireResettable(user: UserRow, askingId: string | null): void {
  if (user.id === askingId) {
    throw new AppError('conflict', 'Change your own password under My account, or ask another admin.');
  }
  if (user.isDisabled) {
    throw new AppError('conflict', `${user.name} is disabled. Enable the account first.`);
  }
  if (user.passwordHash === null) {
    throw new AppError(
      'unsupported',
      `${user.name} signs in through single sign-on and has no password here.`,
    );
  }
}

/**
 * Makes a one-time link with which a member who forgot the password chooses a new one; an earlier one is void. Until
 * it is used, the old password and all sessions stay. Never for oneself: that would pass by the current password.
 */
export async function createPasswordLink(
  context: ServerContext,
  input: MemberIdInput,
): Promise<{ token: string; expiresAt: Date }> {
  requirePermission(context, 'members.write');
  const askingId = context.actor.kind === 'user' ? context.actor.id : null;
  const { token, tokenHash } = createLinkToken();
  const createdAt = context.now();
  const expiresAt = new Date(createdAt.getTime() + PASSWORD_LINK_LIFETIME_MS);
  await withTransaction(context, async (tx) => {
    const user = await getUserRow(tx, input.userId);
    requireResettable(user, askingId);
    await voidPasswordLinks(tx, user.id);
    const link = { userId: user.id, createdBy: askingId, createdAt, expiresAt };
    await tx.insert(oneTimeLinks).values({ purpose: 'password', tokenHash, ...link });
    await appendAudit(tx, context, {
      action: 'member.create_password_link',
      subjectKind: 'user',
      subjectId: user.id,
      subjectName: user.name,
      after: { linkExpiresAt: expiresAt.toISOString() },
      outcome: 'done',
    });
  });
  return { token, expiresAt };
}
