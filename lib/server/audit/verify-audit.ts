import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import type { ChainFaultKind, ChainReport } from '@/lib/domain/audit/audit-chain';
import type { AuditContent } from '@/lib/domain/changes/audit-hash';
import { requirePermission, type ServerContext } from '../context';
import { auditHash } from './append-audit';

const ROWS_A_CHUNK = 2_000;
/** What the first row is chained to. */
export const GENESIS = Buffer.alloc(32);

type ChainRow = Omit<AuditContent, 'at'> & {
  readonly at: Date;
  /** Whether the stored moment has no more than the milliseconds that the hash covers. */
  readonly isWholeMs: boolean;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
};

type Head = { readonly seq: number; readonly hash: Buffer; readonly newest: number };

async function readHead(db: Queryable): Promise<Head> {
  const { rows } = await db.execute<Head>(sql`
    select h.seq, h.hash, coalesce((select max(seq) from audit_events), 0) as newest
    from audit_head h where h.id = 1`);
  const [head] = rows;
  if (!head) throw new Error('the audit chain has no head row');
  return head;
}

/** Rows in their order. Read as they are stored: drizzle would parse a text that looks like JSON a second time. */
async function readChunk(db: Queryable, after: number, upTo: number): Promise<readonly ChainRow[]> {
  const { rows } = await db.execute<ChainRow>(sql`
    select seq, at, date_trunc('milliseconds', at) = at as "isWholeMs", actor_kind as "actorKind",
      actor_id as "actorId", actor_name as "actorName", actor_role as "actorRole", action,
      subject_kind as "subjectKind", subject_id as "subjectId", subject_name as "subjectName",
      connection_id as "connectionId", key_id as "keyId", change_id as "changeId", before, after, reason,
      outcome, request_id as "requestId", prev_hash as "prevHash", hash
    from audit_events where seq > ${after} and seq <= ${upTo} order by seq limit ${ROWS_A_CHUNK}`);
  return rows;
}

type Link = { readonly seq: number; readonly hash: Buffer };

function faultOf(row: ChainRow, previous: Link): ChainFaultKind | null {
  if (row.seq !== previous.seq + 1) return 'missing';
  if (!row.prevHash.equals(previous.hash)) return 'link';
  const { at, isWholeMs, prevHash, hash, ...content } = row;
  const isAsWritten = auditHash(prevHash, { ...content, at: at.toISOString() }).equals(hash);
  return isWholeMs && isAsWritten ? null : 'content';
}

/**
 * Walks the whole chain from its first row, in chunks, and names the first row that is not as it was written.
 * Rows that are added meanwhile are not looked at. Whoever can rewrite every row and the head can forge a chain:
 * this finds all that is less than that.
 */
export async function verifyAudit(context: ServerContext): Promise<ChainReport> {
  requirePermission(context, 'audit.read');
  const { db } = context;
  const head = await readHead(db);
  let previous: Link = { seq: 0, hash: GENESIS };
  const report = (fault: ChainReport['fault']): ChainReport => ({
    verifiedTo: previous.seq,
    head: head.seq,
    fault,
    checkedAt: context.now().toISOString(),
  });
  while (previous.seq < head.seq) {
    const rows = await readChunk(db, previous.seq, head.seq);
    if (rows.length === 0) return report({ seq: previous.seq + 1, kind: 'missing' });
    for (const row of rows) {
      const kind = faultOf(row, previous);
      if (kind) return report({ seq: kind === 'missing' ? previous.seq + 1 : row.seq, kind });
      previous = row;
    }
  }
  if (!previous.hash.equals(head.hash)) return report({ seq: head.seq, kind: 'head' });
  const now = await readHead(db);
  if (now.newest > now.seq) return report({ seq: now.seq + 1, kind: 'beyond_head' });
  return report(null);
}
