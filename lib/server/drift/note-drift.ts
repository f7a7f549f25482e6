import 'server-only';
import type { Transaction } from '@/lib/db/client';
import { formatPlural } from '@/lib/utils/format-number';
import { appendAudit } from '../audit/append-audit';
import type { ServerContext } from '../context';
import { notify, toAdmins } from '../notifications/notify';
import { type DriftRead, type KeyDifference, noteDifferences } from './note-differences';
import { notePresence } from './note-presence';

type NotedRead = DriftRead & { readonly readId: string; readonly connectionName: string };

/**
 * Lists what was changed outside of Keyward since the last look, and closes what is again as it was; in the
 * transaction of the read that found it. One audit row and one notification tell of all.
 */
export async function noteDrift(
  tx: Transaction,
  context: ServerContext,
  read: NotedRead,
  differences: readonly KeyDifference[],
): Promise<void> {
  const values = await noteDifferences(tx, differences, read);
  const presence = await notePresence(tx, read);
  const found = values.found + presence.found;
  const resolved = values.resolved + presence.resolved;
  if (found === 0 && resolved === 0) return;
  if (found > 0) {
    await notify(tx, context, {
      topic: 'drift.found',
      to: await toAdmins(tx),
      title: `${formatPlural(found, 'change')} made outside Keyward at ${read.connectionName}`,
      body: 'Decide whether each stays, is put back, or may wait.',
      href: '/drift',
      dedupeKey: `drift:${read.readId}`,
    });
  }
  await appendAudit(tx, context, {
    action: 'drift.find',
    subjectKind: 'connection',
    subjectId: read.connectionId,
    subjectName: read.connectionName,
    connectionId: read.connectionId,
    after: { found, resolved },
    outcome: 'done',
  });
}
