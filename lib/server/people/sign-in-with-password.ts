import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import { emailKey } from '@/lib/domain/people/email';
import type { SignInAnswer } from '@/lib/domain/people/sign-in';
import type { SignInInput } from '@/lib/domain/people/sign-in-input';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import type { UserRow } from './get-user-row';
import { verifyPassword } from './password-hash';
import { requireSystem } from './people-context';
import { countTries, forgiveTries, signInSubjects } from './sign-in-tries';

export type SignInResult =
  | { readonly ok: true; readonly userId: string }
  | { readonly ok: false; readonly answer: SignInAnswer };

/**
 * Whether email and password belong together. An unknown address, a wrong password and a disabled account get the
 * same answer in the same time.
 * @param address the network address that asks, null when it is not known
 */
export async function signInWithPassword(
  context: ServerContext,
  { email, password }: SignInInput,
  address: string | null,
): Promise<SignInResult> {
  requireSystem(context);
  const subjects = signInSubjects(email, address);
  const wait = await countTries(context, subjects);
  if (wait > 0) return { ok: false, answer: { refusal: 'throttled', waitSeconds: Math.ceil(wait / 1000) } };

  const [user] = await context.db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, emailKey(email)));
  const isRight = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !isRight || user.isDisabled) {
    await recordRefusal(context, { email, address, user });
    return { ok: false, answer: { refusal: 'wrong', waitSeconds: null } };
  }
  await forgiveTries(context, subjects);
  return { ok: true, userId: user.id };
}

type Refusal = { email: string; address: string | null; user: UserRow | undefined };

async function recordRefusal(context: ServerContext, { email, address, user }: Refusal): Promise<void> {
  const cause = !user ? 'unknown_address' : user.isDisabled ? 'disabled' : 'wrong_password';
  await withTransaction(context, (tx) =>
    appendAudit(tx, context, {
      action: 'session.refuse',
      subjectKind: 'user',
      subjectId: user?.id ?? null,
      subjectName: user?.name ?? email,
      after: { email, address, cause },
      outcome: 'denied',
    }),
  );
}
