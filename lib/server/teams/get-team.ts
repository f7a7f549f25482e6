import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { teams } from '@/lib/db/schema';
import { notFound } from '../errors';

export type TeamRow = typeof teams.$inferSelect;

/** A team that was not archived; throws `not_found`. */
export async function getTeam(db: Queryable, teamId: number): Promise<TeamRow> {
  const [row] = await db
    .select()
    .from(teams)
    .where(and(eq(teams.id, teamId), isNull(teams.archivedAt)));
  if (!row) throw notFound('team');
  return row;
}
