import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { incidents } from '@/lib/db/schema';
import { type ServerContext, withTransaction } from '../context';
import { openIncident } from '../incidents/open-incident';
import type { Anchor } from './anchor-file';

const KIND = 'audit_contradicted';

/** Asks a person once about an anchor that the chain no longer holds, however often it is looked at. */
export async function askAboutContradiction(
  context: ServerContext,
  anchor: Anchor,
  headSeq: number,
): Promise<void> {
  await withTransaction(context, async (tx) => {
    const [asked] = await tx
      .select({ id: incidents.id })
      .from(incidents)
      .where(and(eq(incidents.kind, KIND), eq(sql`${incidents.facts}->>'anchoredHash'`, anchor.hash)))
      .limit(1);
    if (asked) return;
    await openIncident(tx, context, {
      kind: KIND,
      title: 'The audit log was changed behind Keyward’s back.',
      connectionId: null,
      facts: {
        why: `Row ${anchor.seq} was written down outside the database on ${anchor.at}, and the log no longer holds it. Run npm run audit:verify to find the first bad row. The file of anchors stays as it is until this is settled.`,
        anchoredRow: anchor.seq,
        anchoredHash: anchor.hash,
        newestRow: headSeq,
      },
    });
  });
}
