import 'server-only';
import { asc, eq, isNull } from 'drizzle-orm';
import { teams, users } from '@/lib/db/schema';
import type { Assignees } from '@/lib/domain/keys/assignees';
import { requirePermission, type ServerContext } from '../context';

/** The teams and people that a key can be given to. */
export async function listAssignees(context: ServerContext): Promise<Assignees> {
  requirePermission(context, 'keys.assign');
  return {
    teams: await context.db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(isNull(teams.archivedAt))
      .orderBy(asc(teams.name)),
    owners: await context.db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(eq(users.isDisabled, false))
      .orderBy(asc(users.name)),
  };
}
