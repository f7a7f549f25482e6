import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { type AuditFilters, SYSTEM_ACTOR } from '@/lib/domain/audit/audit-filters';
import { addDays, startOfUtcDay } from '@/lib/domain/periods/utc-day';

/** Filters as a condition on `audit_events a`. A row about several keys counts for each of them. */
export function auditWhere({ person, keyId, actions, from, to }: AuditFilters): SQL {
  const conditions: SQL[] = [sql`true`];
  if (person === SYSTEM_ACTOR) conditions.push(sql`a.actor_kind = 'system'`);
  else if (person !== null) conditions.push(sql`a.actor_id = ${person}::uuid`);
  if (keyId !== null) {
    conditions.push(sql`(a.key_id = ${keyId} or (a.key_id is null and a.action = 'key.assign'
      and a.before @> ${JSON.stringify([{ id: keyId }])}::jsonb))`);
  }
  if (actions.length > 0) conditions.push(sql`a.action = any(${sql.param([...actions])}::text[])`);
  if (from !== null) conditions.push(sql`a.at >= ${startOfUtcDay(from)}`);
  if (to !== null) conditions.push(sql`a.at < ${startOfUtcDay(addDays(to, 1))}`);
  return sql.join(conditions, sql` and `);
}
