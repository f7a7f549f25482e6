import 'server-only';
import { inArray } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { teamMembers, teams, users } from '@/lib/db/schema';
import type { Role } from '@/lib/domain/people/role';
import { invalidField } from '../errors';
import type { UserRow } from './get-user-row';

export type NewUser = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash?: string | undefined;
  readonly oidcIssuer?: string | undefined;
  readonly oidcSubject?: string | undefined;
  readonly teamIds: readonly number[];
};

/** Writes a person and their teams; an address in use is told beside its field. Teams gone meanwhile are left out. */
export async function insertUser(tx: Transaction, now: Date, input: NewUser): Promise<UserRow> {
  const { teamIds, ...values } = input;
  const [user] = await tx
    .insert(users)
    .values({ ...values, createdAt: now })
    .onConflictDoNothing()
    .returning();
  if (!user) throw invalidField('email', 'A person with this email address is already here.');
  if (teamIds.length === 0) return user;
  const known = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(inArray(teams.id, [...teamIds]));
  if (known.length > 0) {
    const isLead = user.role === 'lead';
    const rows = known.map((team) => ({ teamId: team.id, userId: user.id, isLead, addedAt: now }));
    await tx.insert(teamMembers).values(rows);
  }
  return user;
}
