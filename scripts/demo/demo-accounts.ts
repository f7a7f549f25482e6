import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { users } from '@/lib/db/schema';
import type { UserActor } from '@/lib/domain/people/actor';
import type { Role } from '@/lib/domain/people/role';
import { roleSchema } from '@/lib/domain/people/role-schema';
import type { ServerContext } from '@/lib/server/context';
import { createUser } from '@/lib/server/people/create-user';
import { hashPassword } from '@/lib/server/people/password-hash';
import { createPrivateFile, PrivateFileError, readPrivateFile } from '@/lib/utils/private-file';

const people: readonly { role: Role; name: string; email: string }[] = [
  { role: 'admin', name: 'Amara Okafor', email: 'admin@example.com' },
  { role: 'finance', name: 'Jonas Lindqvist', email: 'finance@example.com' },
  { role: 'lead', name: 'Priya Raman', email: 'lead@example.com' },
];

const accountsSchema = z.array(z.object({ role: roleSchema, email: z.string(), password: z.string() }));
export type Account = z.infer<typeof accountsSchema>[number];

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** The sample's sign-ins, made once and kept in a file of mode 0600, so that each start prints the same. */
function keepAccounts(dataDir: string): readonly Account[] {
  const file = join(dataDir, 'sample-accounts.json');
  try {
    return accountsSchema.parse(JSON.parse(readPrivateFile(file)));
  } catch (error) {
    if (!(error instanceof PrivateFileError) || error.reason !== 'missing') throw error;
  }
  const accounts = people.map(({ role, email }) => ({ role, email, password: makePassword() }));
  createPrivateFile(file, `${JSON.stringify(accounts, null, 2)}\n`);
  return accounts;
}

async function ensureUser(context: ServerContext, account: Account): Promise<UserActor> {
  const { email, role, password } = account;
  const name = people.find((person) => person.role === role)?.name ?? email;
  const isOne = sql`lower(${users.email}) = ${email}`;
  const [known] = await context.db.select({ id: users.id }).from(users).where(isOne);
  if (known) {
    // The file may be newer than the person, when it was lost: what is printed must work.
    await context.db
      .update(users)
      .set({ passwordHash: await hashPassword(password) })
      .where(eq(users.id, known.id));
    return { kind: 'user', id: known.id, name, email, role, teamIds: [] };
  }
  const { userId } = await createUser(context, { email, name, role, password });
  return { kind: 'user', id: userId, name, email, role, teamIds: [] };
}

export type DemoPeople = {
  readonly accounts: readonly Account[];
  readonly admin: UserActor;
  readonly lead: UserActor;
};

/** One person of each role, with a password that works. */
export async function ensureAccounts(context: ServerContext, dataDir: string): Promise<DemoPeople> {
  const accounts = keepAccounts(dataDir);
  const made = new Map<Role, UserActor>();
  for (const account of accounts) made.set(account.role, await ensureUser(context, account));
  const [admin, lead] = [made.get('admin'), made.get('lead')];
  if (!admin || !lead) throw new Error('sample-accounts.json lacks an account; remove it to make new ones');
  return { accounts, admin, lead };
}
