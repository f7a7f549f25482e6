import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { users } from '@/lib/db/schema';
import { emailKey, emailSchema } from '@/lib/domain/people/email';
import { type OidcClaims, type RoleRule, roleFromClaims } from '@/lib/domain/people/oidc-claims';
import type { Role } from '@/lib/domain/people/role';
import type { SignInRefusal } from '@/lib/domain/people/sign-in';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import type { UserRow } from './get-user-row';
import { insertUser } from './insert-user';
import { asPerson, requireSystem } from './people-context';
import { hasAnotherAdmin } from './require-another-admin';
import type { SignInResult } from './sign-in-with-password';

/**
 * The person an ID token stands for, found by issuer and subject. Failing that, an account with the same address
 * is linked, or a new one made, only when the issuer vouches for the address.
 * @param rule which claim gives the role; null makes newcomers leads without teams
 */
export async function signInWithOidc(
  context: ServerContext,
  claims: OidcClaims,
  rule: RoleRule | null,
): Promise<SignInResult> {
  requireSystem(context);
  const role = rule === null ? null : roleFromClaims(claims, rule);
  return withTransaction(context, async (tx) => {
    if (rule !== null && role === null) return refuse(tx, context, claims, 'no_role');
    const known = await findByIdentity(tx, claims);
    const person = known ?? (await linkOrCreate(tx, context, claims, role));
    if (typeof person === 'string') return refuse(tx, context, claims, person);
    if (person.isDisabled) return refuse(tx, context, claims, 'wrong');
    if (role !== null && role !== person.role) await followRole(tx, context, person, role);
    return { ok: true, userId: person.id };
  });
}

async function refuse(
  tx: Transaction,
  context: ServerContext,
  claims: OidcClaims,
  refusal: SignInRefusal,
): Promise<SignInResult> {
  await appendAudit(tx, context, {
    action: 'session.refuse',
    subjectKind: 'user',
    subjectName: claims.email ?? claims.sub,
    after: { issuer: claims.iss, subject: claims.sub, cause: refusal },
    outcome: 'denied',
  });
  return { ok: false, answer: { refusal, waitSeconds: null } };
}

async function findByIdentity(tx: Transaction, claims: OidcClaims): Promise<UserRow | undefined> {
  const isSame = and(eq(users.oidcIssuer, claims.iss), eq(users.oidcSubject, claims.sub));
  const [user] = await tx.select().from(users).where(isSame);
  return user;
}

async function linkOrCreate(
  tx: Transaction,
  context: ServerContext,
  claims: OidcClaims,
  role: Role | null,
): Promise<UserRow | SignInRefusal> {
  const email = emailSchema.safeParse(claims.email);
  if (!email.success || claims.email_verified !== true) return 'unverified';
  const identity = { oidcIssuer: claims.iss, oidcSubject: claims.sub };
  const [same] = await tx
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, emailKey(email.data)))
    .for('update');
  if (same?.oidcSubject) return 'taken';
  if (same?.isDisabled) return 'wrong';
  const name = (claims.name ?? claims.preferred_username ?? email.data).trim().slice(0, 80) || email.data;
  const person = same
    ? { ...same, ...identity }
    : await insertUser(tx, context.now(), {
        email: email.data,
        name,
        role: role ?? 'lead',
        ...identity,
        teams: [],
      });
  if (same) await tx.update(users).set(identity).where(eq(users.id, same.id));
  await appendAudit(tx, asPerson(context, person), {
    action: same ? 'member.link_single_sign_on' : 'member.join',
    subjectKind: 'user',
    subjectId: person.id,
    subjectName: person.name,
    after: { email: person.email, role: person.role, issuer: claims.iss, subject: claims.sub },
    outcome: 'done',
  });
  return person;
}

/** The claim is the truth about the role, save that it never takes the last admin away. */
async function followRole(
  tx: Transaction,
  context: ServerContext,
  person: UserRow,
  role: Role,
): Promise<void> {
  const isKept = person.role === 'admin' && !(await hasAnotherAdmin(tx, person.id));
  if (!isKept) await tx.update(users).set({ role }).where(eq(users.id, person.id));
  await appendAudit(tx, context, {
    action: 'member.update_role',
    subjectKind: 'user',
    subjectId: person.id,
    subjectName: person.name,
    before: { role: person.role },
    after: { role },
    reason: isKept
      ? 'Claim of the sign-in service; kept, as this is the last active admin.'
      : 'Claim of the sign-in service.',
    outcome: isKept ? 'refused' : 'done',
  });
}
