import 'server-only';
import { z } from 'zod';
import type { AuditContent } from '@/lib/domain/changes/audit-hash';
import { type Anchor, anchorsInForce } from './anchor-file';
import { auditHash } from './append-audit';
import { type AnchorReport, compareAnchors } from './check-anchors';
import { GENESIS } from './verify-audit';

const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((text) => Buffer.from(text, 'hex'));
const seqSchema = z.int().positive();
const idSchema = z.int().nullable();
const textSchema = z.string().nullable();

/** A line of the JSON Lines export. Names of connections and keys are those of the day: no hash covers them. */
const lineSchema = z.strictObject({
  seq: seqSchema,
  at: z.string(),
  actorKind: z.string(),
  actorId: textSchema,
  actorName: z.string(),
  actorRole: textSchema,
  action: z.string(),
  subjectKind: z.string(),
  subjectId: textSchema,
  subjectName: textSchema,
  connectionId: idSchema,
  connectionName: textSchema,
  keyId: idSchema,
  keyName: textSchema,
  changeId: textSchema,
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string(),
  outcome: z.string(),
  requestId: z.string(),
  prevHash: hashSchema,
  hash: hashSchema,
});
type Line = z.infer<typeof lineSchema>;

export type FileFaultKind =
  /** No row of an export. */
  | 'unreadable'
  /** Rows stand newest first, each once: this one stands elsewhere, or twice. */
  | 'order'
  | 'missing'
  | 'link'
  | 'content'
  /** The newest row is not that of the export itself: rows after it were cut off. */
  | 'tail';

export type FileFault = { readonly seq: number; readonly line: number; readonly kind: FileFaultKind };

export type FileReport = {
  readonly rows: number;
  readonly newest: number;
  readonly oldest: number;
  /** Whether filters left rows out, so that a deleted row may look like one of those. */
  readonly isFiltered: boolean;
  /** The bad row with the lowest number, as in the order in which they were written. */
  readonly fault: FileFault | null;
  readonly anchors: AnchorReport;
};

const exportSchema = z.object({ format: z.literal('jsonl'), filters: z.record(z.string(), z.unknown()) });

function parseLine(text: string): Line | null {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function isAsWritten({ prevHash, hash, connectionName: _, keyName: __, ...content }: Line): boolean {
  const covered: AuditContent = { ...content, before: content.before ?? null, after: content.after ?? null };
  return auditHash(prevHash, covered).equals(hash);
}

/** What is wrong between a row and the one below it, which was written before it. */
function pairFault(newer: Line, older: Line, isFiltered: boolean): Omit<FileFault, 'line'> | null {
  if (newer.seq <= older.seq) return { seq: newer.seq, kind: 'order' };
  if (newer.seq > older.seq + 1) return isFiltered ? null : { seq: older.seq + 1, kind: 'missing' };
  return newer.prevHash.equals(older.hash) ? null : { seq: newer.seq, kind: 'link' };
}

function firstFault(oldest: Line): Omit<FileFault, 'line'> | null {
  if (oldest.seq > 1) return { seq: 1, kind: 'missing' };
  return oldest.prevHash.equals(GENESIS) ? null : { seq: 1, kind: 'link' };
}

/** Collects what a walk from the newest line to the oldest finds. */
class FileWalk {
  rows = 0;
  newest = 0;
  isFiltered = false;
  fault: FileFault | null = null;
  exportedAt = '';
  readonly #hashes = new Map<number, string>();
  #above: { readonly line: Line; readonly number: number } | null = null;

  constructor(readonly anchors: readonly Anchor[]) {
    for (const { seq } of anchors) this.#hashes.set(seq, '');
  }

  get oldest(): number {
    return this.#above?.line.seq ?? 0;
  }

  add(text: string, number: number): void {
    const line = parseLine(text);
    if (!line) {
      this.#tell({ seq: Math.max(1, this.oldest - 1), line: number, kind: 'unreadable' });
      return;
    }
    if (this.rows === 0) this.#begin(line, number);
    else if (this.#above) {
      const fault = pairFault(this.#above.line, line, this.isFiltered);
      const at = fault?.seq === this.#above.line.seq ? this.#above.number : number;
      if (fault) this.#tell({ ...fault, line: at });
    }
    if (!isAsWritten(line)) this.#tell({ seq: line.seq, line: number, kind: 'content' });
    if (this.#hashes.has(line.seq)) this.#hashes.set(line.seq, line.hash.toString('hex'));
    this.rows += 1;
    this.#above = { line, number };
  }

  end(): FileReport {
    if (this.#above && !this.isFiltered) {
      const fault = firstFault(this.#above.line);
      if (fault) this.#tell({ ...fault, line: this.#above.number });
    }
    const { rows, newest, oldest, isFiltered, fault } = this;
    const due = this.anchors.filter(({ seq, at }) => seq <= newest || at < this.exportedAt);
    const anchors = compareAnchors(due, newest, (seq) => this.#hashes.get(seq) || undefined);
    return { rows, newest, oldest, isFiltered, fault, anchors };
  }

  #begin(line: Line, number: number): void {
    this.newest = line.seq;
    this.exportedAt = line.at;
    const asked = exportSchema.safeParse(line.after);
    if (line.action !== 'audit.export' || !asked.success) {
      this.#tell({ seq: line.seq + 1, line: number, kind: 'tail' });
      return;
    }
    this.isFiltered = Object.keys(asked.data.filters).length > 0;
  }

  #tell(fault: FileFault): void {
    const known = this.fault;
    // A line that is no row makes its row missing too: the line is what a person must look at.
    if (known && (known.seq < fault.seq || (known.seq === fault.seq && known.kind === 'unreadable'))) return;
    this.fault = fault;
  }
}

/**
 * Verifies an export of the audit log in JSON Lines, without a database. Its first line is the row of the export
 * itself, which names its filters: without any, every row down to the first must be there. Anchors are optional;
 * without them whoever rewrites all lines and their hashes is not found.
 */
export async function verifyAuditFile(
  lines: AsyncIterable<string>,
  anchors: readonly Anchor[] = [],
): Promise<FileReport> {
  const walk = new FileWalk(anchorsInForce(anchors));
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() !== '') walk.add(text, number);
  }
  return walk.end();
}
