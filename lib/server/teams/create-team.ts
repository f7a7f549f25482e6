import 'server-only';
import { and, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Queryable } from '@/lib/db/client';
import { teams } from '@/lib/db/schema';
import type { createTeamSchema } from '@/lib/domain/teams/team-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { invalidField } from '../errors';

export async function requireFreeTeamName(db: Queryable, name: string, except = 0): Promise<void> {
  const [taken] = await db
    .select({ id: teams.id })
    .from(teams)
    .where(
      and(
        sql`lower(${teams.name}) = lower(${name})`,
        isNull(teams.archivedAt),
        sql`${teams.id} <> ${except}`,
      ),
    );
  if (taken) throw invalidField('name', 'A team of this name is there already.');
}

export async function createTeam(
  context: ServerContext,
  input: z.output<typeof createTeamSchema>,
): Promise<{ teamId: number }> {
  requirePermission(context, 'teams.write');
  return withTransaction(context, async (tx) => {
    await requireFreeTeamName(tx, input.name);
    const [row] = await tx
      .insert(teams)
      .values({ ...input, createdAt: context.now() })
      .returning({ id: teams.id });
    if (!row) throw new Error('the team was not stored');
    await appendAudit(tx, context, {
      action: 'team.create',
      subjectKind: 'team',
      subjectId: row.id,
      subjectName: input.name,
      after: input,
      outcome: 'done',
    });
    return { teamId: row.id };
  });
}
