import 'server-only';
import { and, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { teamMembers, teams, users } from '@/lib/db/schema';
import type { TeamPlace } from '@/lib/domain/people/one-time-link';
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
  readonly teams: readonly TeamPlace[];
};

/** Writes a person and their teams; an address in use is told beside its field. Teams gone meanwhile are left out. */
export async function insertUser(tx: Transaction, now: Date, input: NewUser): Promise<UserRow> {
  const { teams: places, ...values } = input;
  const [user] = await tx
    .insert(users)
    .values({ ...values, createdAt: now })
    .onConflictDoNothing()
    .returning();
  if (!user) throw invalidField('email', 'A person with this email address is already here.');
  if (places.length === 0) return user;
  const known = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(
      and(
        inArray(
          teams.id,
          places.map((place) => place.teamId),
        ),
        isNull(teams.archivedAt),
      ),
    );
  if (known.length > 0) {
    const led = new Set(places.filter((place) => place.isLead).map((place) => place.teamId));
    const rows = known.map(({ id }) => ({ teamId: id, userId: user.id, isLead: led.has(id), addedAt: now }));
    await tx.insert(teamMembers).values(rows);
  }
  return user;
}
