import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import type { ServerContext } from '@/lib/server/context';
import { createUser } from '@/lib/server/people/create-user';

/** A person who owns keys in the sample. Nobody knows their password, so nobody signs in as them. */
export async function ensureOwner(context: ServerContext, name: string): Promise<string> {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.com`;
  const [known] = await context.db
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  if (known) return known.id;
  const password = randomBytes(24).toString('base64url');
  return (await createUser(context, { email, name, role: 'lead', password })).userId;
}
