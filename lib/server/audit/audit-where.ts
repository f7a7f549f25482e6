import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { type AuditFilters, SYSTEM_ACTOR } from '@/lib/domain/audit/audit-filters';
import { addDays, startOfUtcDay } from '@/lib/domain/periods/utc-day';
import { findSuccession } from '../rotation/find-succession';

/**
 * The rows about a key. A row about several keys counts for each of them, and what a rotation did for every key of
 * its line of succession: one took over from the other.
 */
async function isAboutKey(db: Queryable, keyId: number): Promise<SQL> {
  const { keyIds, rotationIds } = await findSuccession(db, keyId);
  const rotations = sql`${sql.param([...rotationIds])}::text[]`;
  const isOfLine = sql`a.key_id = any(${sql.param([...keyIds])}::int[])`;
  const isOfRotation = sql`(a.after ->> 'rotationId' = any(${rotations})
    or a.change_id in (select c.id from changes c where c.parent_id = any(${rotations}::uuid[])))`;
  return sql`(a.key_id = ${keyId}
    or (a.key_id is null and a.action = 'key.assign' and a.before @> ${JSON.stringify([{ id: keyId }])}::jsonb)
    ${rotationIds.length === 0 ? sql`` : sql`or (${isOfLine} and ${isOfRotation})`})`;
}

/** Filters as a condition on `audit_events a`. */
export async function auditWhere(db: Queryable, filters: AuditFilters): Promise<SQL> {
  const { person, keyId, actions, from, to } = filters;
  const conditions: SQL[] = [sql`true`];
  if (person === SYSTEM_ACTOR) conditions.push(sql`a.actor_kind = 'system'`);
  else if (person !== null) conditions.push(sql`a.actor_id = ${person}::uuid`);
  if (keyId !== null) conditions.push(await isAboutKey(db, keyId));
  if (actions.length > 0) conditions.push(sql`a.action = any(${sql.param([...actions])}::text[])`);
  if (from !== null) conditions.push(sql`a.at >= ${startOfUtcDay(from)}`);
  if (to !== null) conditions.push(sql`a.at < ${startOfUtcDay(addDays(to, 1))}`);
  return sql.join(conditions, sql` and `);
}
