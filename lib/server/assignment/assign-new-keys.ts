import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { planAssignments } from '@/lib/domain/assignment/plan-assignments';
import type { ServerContext } from '../context';
import { givePlanned } from './give-planned';
import { listAssignableKeys } from './list-assignable-keys';
import { loadRules } from './load-rules';

/** Gives the keys that a read has just found for the first time what the rules say, in the read's own transaction. */
export async function assignNewKeys(
  tx: Transaction,
  context: ServerContext,
  { connectionId, storedAt }: { readonly connectionId: number; readonly storedAt: Date },
): Promise<void> {
  const rules = await loadRules(tx);
  if (!rules.some(({ isEnabled }) => isEnabled)) return;
  const found = await listAssignableKeys(
    tx,
    sql`k.connection_id = ${connectionId} and k.first_seen_at = ${storedAt} and k.team_id is null and k.owner_id is null`,
  );
  await givePlanned(tx, context, planAssignments(rules, found), 'By the assignment rules, when first found');
}
