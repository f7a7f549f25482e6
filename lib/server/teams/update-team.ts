import 'server-only';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { teams } from '@/lib/db/schema';
import type { updateTeamSchema } from '@/lib/domain/teams/team-input';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { requireFreeTeamName } from './create-team';
import { getTeam } from './get-team';

export async function updateTeam(
  context: ServerContext,
  { teamId, ...values }: z.output<typeof updateTeamSchema>,
): Promise<void> {
  requirePermission(context, 'teams.write');
  await withTransaction(context, async (tx) => {
    const team = await getTeam(tx, teamId);
    await requireFreeTeamName(tx, values.name, teamId);
    await tx.update(teams).set(values).where(eq(teams.id, teamId));
    await appendAudit(tx, context, {
      action: 'team.update',
      subjectKind: 'team',
      subjectId: teamId,
      subjectName: values.name,
      before: { name: team.name, costCentre: team.costCentre, monthlyBudget: team.monthlyBudget },
      after: values,
      outcome: 'done',
    });
  });
}
