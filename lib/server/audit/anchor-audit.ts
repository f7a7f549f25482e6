import 'server-only';
import { eq } from 'drizzle-orm';
import { auditAnchors, auditEvents, auditHead } from '@/lib/db/schema';
import { log } from '@/lib/utils/log';
import type { ServerContext } from '../context';
import { type Anchor, appendAnchor, readLastAnchor } from './anchor-file';
import { askAboutContradiction } from './ask-about-contradiction';

const WEBHOOK_MS = 10_000;

export type AnchorTarget = {
  readonly file: string;
  /** An https address, or one of this machine; null for none. */
  readonly url: string | null;
};

/**
 * `file`: written; unchanged, as the chain has not moved; contradicted, as the chain no longer holds what was
 * anchored last; failed, and tried again next time. `webhook` likewise; off when there is none.
 */
export type AnchorResult = {
  readonly seq: number;
  readonly file: 'written' | 'unchanged' | 'contradicted' | 'failed';
  readonly webhook: 'sent' | 'failed' | 'off';
};

async function readHead(context: ServerContext): Promise<Anchor> {
  const [head] = await context.db.select().from(auditHead).where(eq(auditHead.id, 1));
  if (!head) throw new Error('the audit chain has no head row');
  const at = context.now().toISOString();
  return { kind: 'anchor', seq: head.seq, hash: head.hash.toString('hex'), at };
}

async function isStillThere(context: ServerContext, anchor: Anchor): Promise<boolean> {
  const [row] = await context.db
    .select({ hash: auditEvents.hash })
    .from(auditEvents)
    .where(eq(auditEvents.seq, anchor.seq));
  return row?.hash.toString('hex') === anchor.hash;
}

async function writeAnchor(
  context: ServerContext,
  head: Anchor,
  path: string,
): Promise<AnchorResult['file']> {
  let last: Anchor | null;
  try {
    last = readLastAnchor(path);
  } catch (error) {
    log.error({ err: error }, 'The file of audit anchors cannot be read; it is tried again');
    return 'failed';
  }
  if (last && (last.seq > head.seq || !(await isStillThere(context, last)))) {
    const facts = { anchoredSeq: last.seq, anchoredAt: last.at, headSeq: head.seq };
    log.error(
      facts,
      'The audit chain does not hold the row that was anchored last: run npm run audit:verify',
    );
    await askAboutContradiction(context, last, head.seq);
    return 'contradicted';
  }
  if (head.seq === 0 || last?.seq === head.seq) return 'unchanged';
  try {
    appendAnchor(path, head);
  } catch (error) {
    log.error({ err: error }, 'The audit chain could not be anchored in its file; it is tried again');
    return 'failed';
  }
  await context.db
    .insert(auditAnchors)
    .values({ seq: head.seq, hash: Buffer.from(head.hash, 'hex'), anchoredAt: new Date(head.at) })
    .onConflictDoNothing();
  return 'written';
}

async function sendAnchor(head: Anchor, url: string | null): Promise<AnchorResult['webhook']> {
  if (url === null || head.seq === 0) return 'off';
  const { seq, hash, at } = head;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'keyward-audit-anchor', seq, hash, at }),
      redirect: 'manual',
      signal: AbortSignal.timeout(WEBHOOK_MS),
    });
    await answer.body?.cancel();
    if (answer.ok) return 'sent';
    log.warn({ status: answer.status }, 'The receiver of audit anchors refused one; it is sent again');
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    log.warn({ reason }, 'The receiver of audit anchors did not answer; it is sent again');
  }
  return 'failed';
}

/**
 * Writes down outside the database where the audit chain stands: a line in a file when it has moved, and a POST to
 * a webhook each time, moved or not, so that a silent receiver shows. Neither failing stops the other or throws;
 * the next call tries again. Also compares the newest line with the chain: when they differ an
 * incident asks a person, once.
 * Throws what `pg` throws when the database is away.
 */
export async function anchorAudit(context: ServerContext, target: AnchorTarget): Promise<AnchorResult> {
  const head = await readHead(context);
  const file = await writeAnchor(context, head, target.file);
  return { seq: head.seq, file, webhook: await sendAnchor(head, target.url) };
}
