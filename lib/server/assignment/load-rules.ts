import 'server-only';
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '@/lib/db/client';
import type { PlannedAssignment } from '@/lib/domain/assignment/plan-assignments';
import { type AssignmentRule, ruleMatchSchema } from '@/lib/domain/assignment/rule';

const rowSchema = z.object({
  match: ruleMatchSchema,
  teamId: z.number().nullable(),
  ownerId: z.string().nullable(),
  isEnabled: z.boolean(),
});

/**
 * The rules in their order. A team that was archived and a person who was disabled are no longer given keys; a rule
 * that is left with neither gives nothing, and stays for someone to mend.
 */
export async function loadRules(db: Queryable): Promise<readonly AssignmentRule[]> {
  const { rows } = await db.execute(sql`
    select r.match, t.id as "teamId", u.id as "ownerId", r.is_enabled as "isEnabled"
    from assignment_rules r
    left join teams t on t.id = r.team_id and t.archived_at is null
    left join users u on u.id = r.owner_id and not u.is_disabled
    order by r.position`);
  return rows.map((row) => rowSchema.parse(row));
}

/** Names exactly these rules and what they would give to whom: whoever saves them has seen that. */
export function digestOf(rules: readonly AssignmentRule[], plan: readonly PlannedAssignment[]): string {
  const given = plan
    .filter(({ standing }) => standing === 'gets')
    .map(({ key, rule, teamId, ownerId }) => [key.id, rule, teamId, ownerId]);
  return createHash('sha256')
    .update(JSON.stringify([rules, given]))
    .digest('hex');
}
