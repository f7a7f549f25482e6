import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { assignedKeyNames, parseAssignedKeys, summarizeAssignment } from '@/lib/domain/audit/assignment';
import type { AuditFilters } from '@/lib/domain/audit/audit-filters';
import type { AuditPage, AuditView } from '@/lib/domain/audit/audit-view';
import { withNames } from '@/lib/domain/audit/name-ids';
import { roleSchema } from '@/lib/domain/people/role-schema';
import { requirePermission, type ServerContext } from '../context';
import { auditWhere } from './audit-where';
import { findRecordNames } from './find-record-names';

const ROWS_A_PAGE = 50;

/** An audit row as it is stored, with the names of its key and connection as they are today. */
export type AuditRow = {
  readonly seq: number;
  readonly at: Date;
  readonly actorKind: 'user' | 'system';
  readonly actorId: string | null;
  readonly actorName: string;
  readonly actorRole: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly subjectName: string | null;
  readonly connectionId: number | null;
  readonly connectionName: string | null;
  readonly keyId: number | null;
  readonly keyName: string | null;
  readonly changeId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
  readonly outcome: string;
  readonly requestId: string;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
};

/** The newest rows first, of those that `where` leaves on `audit_events a`. */
export async function selectAudit(db: Queryable, where: SQL, limit: number): Promise<readonly AuditRow[]> {
  const { rows } = await db.execute<AuditRow>(sql`
    select a.seq, a.at, a.actor_kind as "actorKind", a.actor_id as "actorId", a.actor_name as "actorName",
      a.actor_role as "actorRole", a.action, a.subject_kind as "subjectKind", a.subject_id as "subjectId",
      a.subject_name as "subjectName", a.connection_id as "connectionId", c.name as "connectionName",
      a.key_id as "keyId", k.name as "keyName", a.change_id as "changeId", a.before, a.after, a.reason,
      a.outcome, a.request_id as "requestId", a.prev_hash as "prevHash", a.hash
    from audit_events a left join connections c on c.id = a.connection_id left join keys k on k.id = a.key_id
    where ${where} order by a.seq desc limit ${limit}`);
  return rows;
}

/** What a row recorded, with an assignment of many keys told as one. */
function recordOf({ action, before, after }: AuditRow): { before: unknown; after: unknown } {
  const assigned = action === 'key.assign' ? parseAssignedKeys(before) : null;
  if (assigned === null || typeof after !== 'object') return { before, after };
  return { before: summarizeAssignment(assigned), after: { ...assignedKeyNames(assigned), ...after } };
}

function named(id: number | null, name: string | null): { id: number; name: string } | null {
  return id === null ? null : { id, name: name ?? String(id) };
}

/** Rows as people see them. */
export async function toAuditViews(db: Queryable, rows: readonly AuditRow[]): Promise<readonly AuditView[]> {
  const records = rows.map((row) => ({ row, ...recordOf(row) }));
  const names = await findRecordNames(
    db,
    records.flatMap(({ before, after }) => [before, after]),
  );
  return records.map(({ row, before, after }) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    actor: {
      kind: row.actorKind,
      id: row.actorId,
      name: row.actorName,
      role: roleSchema.safeParse(row.actorRole).data ?? null,
    },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    connection: named(row.connectionId, row.connectionName),
    key: named(row.keyId, row.keyName),
    before: withNames(before, names),
    after: withNames(after, names),
    reason: row.reason,
    outcome: row.outcome,
    requestId: row.requestId,
  }));
}

/** One page of the audit log, newest first; `olderThan` is the row that the page before ended with. */
export async function listAudit(
  context: ServerContext,
  input: { readonly filters: AuditFilters; readonly olderThan?: number | null },
): Promise<AuditPage> {
  requirePermission(context, 'audit.read');
  const olderThan = input.olderThan ?? null;
  const isOlder = olderThan === null ? sql`true` : sql`a.seq < ${olderThan}`;
  const where = await auditWhere(context.db, input.filters);
  const found = await selectAudit(context.db, sql`${where} and ${isOlder}`, ROWS_A_PAGE + 1);
  const rows = found.slice(0, ROWS_A_PAGE);
  return {
    rows: await toAuditViews(context.db, rows),
    olderThan: found.length > ROWS_A_PAGE ? (rows.at(-1)?.seq ?? null) : null,
  };
}
