import 'server-only';
import { sql } from 'drizzle-orm';
import type { RulesView } from '@/lib/domain/assignment/rules-view';
import { requirePermission, type ServerContext } from '../context';
import { listAssignees } from '../keys/list-assignees';
import { countUnowned } from '../teams/count-unowned';
import { loadRules } from './load-rules';

/** The saved rules with everything that a rule can name. */
export async function listAssignmentRules(context: ServerContext): Promise<RulesView> {
  requirePermission(context, 'keys.assign');
  const { db } = context;
  const connections = await db.execute<{ id: number; name: string }>(
    sql`select id, name from connections where state <> 'removed' order by lower(name), id`,
  );
  const containers = await db.execute<RulesView['containers'][number] & Record<string, unknown>>(sql`
    select c.id, c.name, c.kind, n.name as connection from containers c
    join connections n on n.id = c.connection_id and n.state <> 'removed'
    where c.gone_at is null order by lower(n.name), lower(c.name), c.id`);
  const labels = await db.execute<{ name: string }>(sql`
    select distinct jsonb_object_keys(labels) as name from keys
    where gone_at is null and deleted_at is null and labels <> '{}' order by 1 limit 200`);
  return {
    rules: await loadRules(db),
    connections: connections.rows,
    containers: containers.rows,
    labels: labels.rows.map(({ name }) => name),
    ...(await listAssignees(context)),
    lacking: (await countUnowned(context)).keys,
  };
}
