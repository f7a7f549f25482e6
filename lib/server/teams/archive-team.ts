import 'server-only';
import { and, count, eq, isNull, ne } from 'drizzle-orm';
import type { z } from 'zod';
import { connections, keys, teams } from '@/lib/db/schema';
import type { archiveTeamSchema } from '@/lib/domain/teams/team-input';
import { formatPlural } from '@/lib/utils/format-number';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { getTeam } from './get-team';

/** Takes a team off the lists. It must have no live keys any more; its spend history stays. */
export async function archiveTeam(
  context: ServerContext,
  { teamId }: z.output<typeof archiveTeamSchema>,
): Promise<void> {
  requirePermission(context, 'teams.write');
  await withTransaction(context, async (tx) => {
    const team = await getTeam(tx, teamId);
    const [held] = await tx
      .select({ count: count() })
      .from(keys)
      .innerJoin(connections, eq(connections.id, keys.connectionId))
      .where(
        and(
          eq(keys.teamId, teamId),
          isNull(keys.goneAt),
          isNull(keys.deletedAt),
          ne(connections.state, 'removed'),
        ),
      );
    if (held && held.count > 0) {
      throw new AppError(
        'conflict',
        `${team.name} still has ${formatPlural(held.count, 'key')}. Give them to another team first.`,
      );
    }
    await tx.update(teams).set({ archivedAt: context.now() }).where(eq(teams.id, teamId));
    await appendAudit(tx, context, {
      action: 'team.archive',
      subjectKind: 'team',
      subjectId: teamId,
      subjectName: team.name,
      outcome: 'done',
    });
  });
}
