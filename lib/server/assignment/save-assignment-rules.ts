import 'server-only';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Transaction } from '@/lib/db/client';
import { assignmentRules } from '@/lib/db/schema';
import { planAssignments } from '@/lib/domain/assignment/plan-assignments';
import type { AssignmentRule, saveRulesSchema } from '@/lib/domain/assignment/rule';
import { formatPlural } from '@/lib/utils/format-number';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { getTeam } from '../teams/get-team';
import { requireOwnerName } from '../teams/give-keys';
import { listAssignableKeys } from './list-assignable-keys';
import { digestOf, loadRules } from './load-rules';

async function requireReceivers(tx: Transaction, rules: readonly AssignmentRule[]): Promise<void> {
  const teams = new Set(rules.flatMap(({ teamId }) => teamId ?? []));
  for (const teamId of teams) await getTeam(tx, teamId);
  const owners = new Set(rules.flatMap(({ ownerId }) => ownerId ?? []));
  for (const ownerId of owners) await requireOwnerName(tx, ownerId);
}

/**
 * Replaces the rules by these, which hold for keys found from now on. Throws `conflict` when what they would do is no
 * longer what was looked at: other keys came, or the rules are others than the tried ones.
 */
export async function saveAssignmentRules(
  context: ServerContext,
  { rules, digest }: z.output<typeof saveRulesSchema>,
): Promise<{ readonly saved: number }> {
  requirePermission(context, 'keys.assign');
  return withTransaction(context, async (tx) => {
    await tx.execute(sql`lock table assignment_rules in share row exclusive mode`);
    await requireReceivers(tx, rules);
    const plan = planAssignments(rules, await listAssignableKeys(tx, sql`true`));
    if (digestOf(rules, plan) !== digest) {
      throw new AppError(
        'conflict',
        'What these rules would do has changed since you tried them. Try them again.',
      );
    }
    const before = await loadRules(tx);
    await tx.delete(assignmentRules);
    if (rules.length > 0) {
      const createdBy = context.actor.kind === 'user' ? context.actor.id : null;
      const rows = rules.map((rule, position) => ({
        ...rule,
        position,
        createdBy,
        createdAt: context.now(),
      }));
      await tx.insert(assignmentRules).values(rows);
    }
    await appendAudit(tx, context, {
      action: 'assignment_rules.update',
      subjectKind: 'setting',
      subjectName: 'Assignment rules',
      before: { rules: formatPlural(before.length, 'rule'), inDetail: before },
      after: { rules: formatPlural(rules.length, 'rule'), inDetail: rules },
      outcome: 'done',
    });
    return { saved: rules.length };
  });
}
