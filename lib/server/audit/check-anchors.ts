import 'server-only';
import { inArray } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { auditAnchors, auditEvents, auditHead } from '@/lib/db/schema';
import { type Anchor, anchorsInForce } from './anchor-file';

const ANCHORS_A_QUERY = 1_000;

export type AnchorFault = {
  readonly seq: number;
  /** `cut`: the chain ended before a row that was anchored. `rewritten`: it holds another row there. */
  readonly kind: 'cut' | 'rewritten';
  readonly anchor: Anchor;
};

export type AnchorReport = { readonly checked: number; readonly fault: AnchorFault | null };

/**
 * Compares anchors with rows. `hashAt` answers the hash of a row in hex; rows that it does not know and that stand
 * up to `newest` are passed over, since a missing row is the chain's own fault.
 */
export function compareAnchors(
  anchors: readonly Anchor[],
  newest: number,
  hashAt: (seq: number) => string | undefined,
): AnchorReport {
  let lastGood = 0;
  for (const anchor of anchors.toSorted((a, b) => a.seq - b.seq)) {
    if (anchor.seq > newest) {
      return { checked: anchors.length, fault: { seq: newest + 1, kind: 'cut', anchor } };
    }
    const hash = hashAt(anchor.seq);
    if (hash === undefined) continue;
    if (hash !== anchor.hash) {
      return { checked: anchors.length, fault: { seq: lastGood + 1, kind: 'rewritten', anchor } };
    }
    lastGood = anchor.seq;
  }
  return { checked: anchors.length, fault: null };
}

/** The anchors that the database keeps itself: they show to people, and prove little. */
async function readOwnAnchors(db: Database): Promise<readonly Anchor[]> {
  const rows = await db.select().from(auditAnchors);
  return rows.map(({ seq, hash, anchoredAt }) => ({
    kind: 'anchor',
    seq,
    hash: hash.toString('hex'),
    at: anchoredAt.toISOString(),
  }));
}

/** Compares the chain of the database with anchors from outside and with its own. */
export async function checkAnchors(db: Database, outside: readonly Anchor[]): Promise<AnchorReport> {
  const [head] = await db.select({ seq: auditHead.seq }).from(auditHead);
  const anchors = [...anchorsInForce(outside), ...(await readOwnAnchors(db))];
  const seqs = [...new Set(anchors.map(({ seq }) => seq))];
  const hashes = new Map<number, string>();
  for (let from = 0; from < seqs.length; from += ANCHORS_A_QUERY) {
    const rows = await db
      .select({ seq: auditEvents.seq, hash: auditEvents.hash })
      .from(auditEvents)
      .where(inArray(auditEvents.seq, seqs.slice(from, from + ANCHORS_A_QUERY)));
    for (const { seq, hash } of rows) hashes.set(seq, hash.toString('hex'));
  }
  return compareAnchors(anchors, head?.seq ?? 0, (seq) => hashes.get(seq));
}
