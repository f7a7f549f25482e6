import 'server-only';
import { asc, sql } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import type { AuditChoices } from '@/lib/domain/audit/audit-view';
import { requirePermission, type ServerContext } from '../context';

/** Everybody who can stand in the log, and the actions that do. */
export async function listAuditChoices(context: ServerContext): Promise<AuditChoices> {
  requirePermission(context, 'audit.read');
  const people = await context.db
    .select({ id: users.id, name: users.name })
    .from(users)
    .orderBy(asc(users.isDisabled), asc(sql`lower(${users.name})`), asc(users.id));
  // One look into the index an action, whatever the length of the log.
  const { rows } = await context.db.execute<{ action: string }>(sql`
    with recursive found as (
      (select action from audit_events order by action limit 1)
      union all
      select (select a.action from audit_events a where a.action > f.action order by a.action limit 1)
      from found f where f.action is not null
    )
    select action from found where action is not null`);
  return { people, actions: rows.map(({ action }) => action) };
}
