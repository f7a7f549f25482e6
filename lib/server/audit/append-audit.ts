import 'server-only';
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { auditEvents, auditHead } from '@/lib/db/schema';
import { type AuditContent, canonicalJson } from '@/lib/domain/changes/audit-hash';
import type { ServerContext } from '../context';

export type AuditEntry = {
  readonly action: string;
  readonly subjectKind:
    | 'key'
    | 'connection'
    | 'user'
    | 'team'
    | 'session'
    | 'export'
    | 'setting'
    | 'webhook'
    | 'bulk_run'
    | 'raise'
    | 'drift'
    | 'request'
    | 'incident';
  readonly subjectId?: string | number | null | undefined;
  readonly subjectName?: string | null | undefined;
  readonly connectionId?: number | null | undefined;
  readonly keyId?: number | null | undefined;
  readonly changeId?: string | null | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | undefined;
  readonly outcome: 'planned' | 'applied' | 'refused' | 'unknown' | 'not_applied' | 'done' | 'denied';
};

/** The hash of a row: SHA-256 over the hash before it and the canonical content. */
export function auditHash(previous: Buffer, content: AuditContent): Buffer {
  return createHash('sha256').update(previous).update(canonicalJson(content)).digest();
}

/**
 * Adds one row to the chain, in the transaction of what it records. Appends wait for each other on the
 * head row, so keep what follows in the transaction short.
 */
export async function appendAudit(tx: Transaction, context: ServerContext, entry: AuditEntry): Promise<void> {
  const [head] = await tx.select().from(auditHead).where(eq(auditHead.id, 1)).for('update');
  if (!head) throw new Error('the audit chain has no head row');
  const { actor } = context;
  const at = context.now();
  const content: AuditContent = {
    seq: head.seq + 1,
    at: at.toISOString(),
    actorKind: actor.kind,
    actorId: actor.kind === 'user' ? actor.id : null,
    actorName: actor.name,
    actorRole: actor.kind === 'user' ? actor.role : null,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId == null ? null : String(entry.subjectId),
    subjectName: entry.subjectName ?? null,
    connectionId: entry.connectionId ?? null,
    keyId: entry.keyId ?? null,
    changeId: entry.changeId ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    reason: entry.reason ?? '',
    outcome: entry.outcome,
    requestId: context.requestId,
  };
  const hash = auditHash(head.hash, content);
  await tx.insert(auditEvents).values({ ...content, at, actorKind: actor.kind, prevHash: head.hash, hash });
  await tx.update(auditHead).set({ seq: content.seq, hash }).where(eq(auditHead.id, 1));
}
