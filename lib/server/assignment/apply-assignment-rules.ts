import 'server-only';
import { sql } from 'drizzle-orm';
import { planAssignments } from '@/lib/domain/assignment/plan-assignments';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { givePlanned } from './give-planned';
import { listAssignableKeys } from './list-assignable-keys';
import { loadRules } from './load-rules';

/** Gives every live key that lacks a team or an owner what the saved rules say; nothing is taken from anyone. */
export async function applyAssignmentRules(context: ServerContext): Promise<{ readonly assigned: number }> {
  requirePermission(context, 'keys.assign');
  return withTransaction(context, async (tx) => {
    const rules = await loadRules(tx);
    const keys = await listAssignableKeys(tx, sql`(k.team_id is null or k.owner_id is null)`);
    return {
      assigned: await givePlanned(tx, context, planAssignments(rules, keys), 'By the assignment rules'),
    };
  });
}
