import 'server-only';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { oneTimeLinks, users } from '@/lib/db/schema';
import { linkTokenSchema } from '@/lib/domain/people/one-time-link';
import type { Role } from '@/lib/domain/people/role';
import type { ServerContext } from '../context';
import { hasAdmin } from './has-admin';
import { hashLinkToken } from './link-token';
import { requireSystem } from './people-context';

export type OpenInvitation = { readonly email: string; readonly role: Role; readonly expiresAt: Date };

async function findLink(context: ServerContext, purpose: 'setup' | 'invitation' | 'password', token: string) {
  if (!linkTokenSchema.safeParse(token).success) return null;
  const [link] = await context.db
    .select()
    .from(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.tokenHash, hashLinkToken(token)),
        eq(oneTimeLinks.purpose, purpose),
        isNull(oneTimeLinks.usedAt),
        gt(oneTimeLinks.expiresAt, context.now()),
      ),
    );
  return link ?? null;
}

/** Whether the token may still make its holder the first admin. Looking does not use it up. */
export async function isSetupLinkOpen(context: ServerContext, token: string): Promise<boolean> {
  requireSystem(context);
  return (await findLink(context, 'setup', token)) !== null && !(await hasAdmin(context.db));
}

/** Whether nobody has set this installation up yet. */
export async function isSetupOpen(context: ServerContext): Promise<boolean> {
  requireSystem(context);
  return !(await hasAdmin(context.db));
}

/** Whom an invitation is for; null when the token is unknown, used or out of date. */
export async function findInvitation(context: ServerContext, token: string): Promise<OpenInvitation | null> {
  requireSystem(context);
  const link = await findLink(context, 'invitation', token);
  if (!link?.email || !link.role) return null;
  return { email: link.email, role: link.role, expiresAt: link.expiresAt };
}

/** Whose new password a link is for; null when the token is unknown, used, out of date, or its person is disabled. */
export async function findPasswordLink(
  context: ServerContext,
  token: string,
): Promise<{ readonly name: string; readonly email: string } | null> {
  requireSystem(context);
  const link = await findLink(context, 'password', token);
  if (!link?.userId) return null;
  const [user] = await context.db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.id, link.userId), eq(users.isDisabled, false)));
  return user ?? null;
}
