import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '@/lib/db/client';
import { auditHead } from '@/lib/db/schema';
import { type AuditFilters, writeAuditFilters } from '@/lib/domain/audit/audit-filters';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { toCsvLine } from '@/lib/utils/csv';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { appendAudit } from './append-audit';
import { auditWhere } from './audit-where';
import { type AuditRow, selectAudit } from './list-audit';

const ROWS_A_PIECE = 1_000;

export const auditFormatSchema = z.enum(['csv', 'jsonl']);
export type AuditFormat = z.infer<typeof auditFormatSchema>;

export type AuditFile = {
  readonly filename: string;
  readonly contentType: string;
  readonly pieces: AsyncIterable<string>;
};

const columns: readonly (readonly [string, (row: AuditRow) => string | number | null])[] = [
  ['row', (row) => row.seq],
  ['at (UTC)', (row) => row.at.toISOString()],
  ['who', (row) => row.actorName],
  ['role', (row) => row.actorRole ?? row.actorKind],
  ['action', (row) => row.action],
  ['on', (row) => row.subjectKind],
  ['name', (row) => row.subjectName],
  ['id', (row) => row.subjectId],
  ['connection', (row) => row.connectionName],
  ['before', (row) => jsonCell(row.before)],
  ['after', (row) => jsonCell(row.after)],
  ['reason', (row) => row.reason],
  ['outcome', (row) => row.outcome],
  ['request', (row) => row.requestId],
  ['hash', (row) => row.hash.toString('hex')],
];

function jsonCell(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function csvLine(row: AuditRow): string {
  return toCsvLine(columns.map(([, read]) => read(row)));
}

function jsonLine(row: AuditRow): string {
  const hashes = { prevHash: row.prevHash.toString('hex'), hash: row.hash.toString('hex') };
  return `${JSON.stringify({ ...row, ...hashes })}\n`;
}

async function* writePieces(
  db: Database,
  filtered: SQL,
  ownRow: number,
  format: AuditFormat,
): AsyncGenerator<string, void, undefined> {
  if (format === 'csv') yield toCsvLine(columns.map(([heading]) => heading));
  const toLine = format === 'csv' ? csvLine : jsonLine;
  // The export's own row says what the filters were, so a file for checking begins with it.
  const where = format === 'csv' ? filtered : sql`((${filtered}) or a.seq = ${ownRow})`;
  let before = format === 'csv' ? ownRow : ownRow + 1;
  for (;;) {
    const rows = await selectAudit(db, sql`${where} and a.seq < ${before}`, ROWS_A_PIECE);
    if (rows.length > 0) yield rows.map(toLine).join('');
    if (rows.length < ROWS_A_PIECE) return;
    before = rows.at(-1)?.seq ?? 0;
  }
}

/**
 * The rows that these filters leave, newest first, in pieces as they are read. Recorded in the log itself.
 * JSON Lines hold all that the hashes cover, so that they can be verified offline; see `verifyAuditFile`.
 */
export async function exportAudit(
  context: ServerContext,
  { filters, format }: { readonly filters: AuditFilters; readonly format: AuditFormat },
): Promise<AuditFile> {
  requirePermission(context, 'audit.read');
  const asked = Object.entries(writeAuditFilters(filters)).filter(([, text]) => text !== null);
  const ownRow = await withTransaction(context, async (tx) => {
    await appendAudit(tx, context, {
      action: 'audit.export',
      subjectKind: 'export',
      subjectName: 'Audit log',
      after: { format, filters: Object.fromEntries(asked) },
      outcome: 'done',
    });
    const [head] = await tx.select({ seq: auditHead.seq }).from(auditHead);
    if (!head) throw new Error('the audit chain has no head row');
    return head.seq;
  });
  return {
    filename: `keyward-audit-${utcDayOf(context.now())}.${format}`,
    contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8',
    pieces: writePieces(context.db, await auditWhere(context.db, filters), ownRow, format),
  };
}
