import 'server-only';
import { sql } from 'drizzle-orm';
import type { AuditView } from '@/lib/domain/audit/audit-view';
import { reachOf } from '@/lib/domain/people/permission';
import { requirePermission, requireUser, type ServerContext } from '../context';
import { selectAudit, toAuditViews } from './list-audit';

const ROWS = 10;

/** The newest rows of what the person themself did, whatever their role. */
export async function listOwnAudit(context: ServerContext): Promise<readonly AuditView[]> {
  requirePermission(context, 'account.write');
  const { id, role } = requireUser(context);
  const rows = await selectAudit(context.db, sql`a.actor_id = ${id}::uuid`, ROWS);
  if (reachOf(role, 'audit.read') !== null) return toAuditViews(context.db, rows);
  // Keys may have left their reach since: told is what they were called then.
  const asThen = { keyId: null, keyName: null, connectionId: null, connectionName: null };
  return toAuditViews(
    context.db,
    rows.map((row) => ({ ...row, ...asThen })),
  );
}
