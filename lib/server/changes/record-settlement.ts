import 'server-only';
import { eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { changes } from '@/lib/db/schema';
import { nameChange } from '@/lib/domain/changes/change-words';
import { backoffMs, LOOKS_BEFORE_INCIDENT } from '@/lib/domain/changes/settle-timing';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { closeDrift } from '../drift/close-drift';
import { closeIncidentsOf, type NewIncident, openIncident } from '../incidents/open-incident';
import { auditOf, type ChangeRow, factsOf, type LoadedChange, lockChange } from './change-row';
import type { Verdict } from './verdict';

export type Settlement = {
  readonly state: 'settled_applied' | 'settled_not_applied' | 'abandoned';
  /** What was found, in words for people. */
  readonly words: string;
  readonly after?: Readonly<Record<string, unknown>> | null;
  /** When it is taken up again; null when nothing is left to do. */
  readonly lookAt?: Date | null;
  /** Asks a person about it, although it is settled. */
  readonly incident?: Omit<NewIncident, 'connectionId' | 'keyId' | 'changeId'> | undefined;
  /** Brings the mirror along; answers the key's id. */
  readonly mirror?: (tx: Transaction) => Promise<number | null>;
};

const outcomes = {
  settled_applied: 'applied',
  settled_not_applied: 'not_applied',
  abandoned: 'unknown',
} as const;

/** Whether the change still stands as it was when it was looked at: nobody else settled it meanwhile. */
function isAsLookedAt(now: ChangeRow, then: ChangeRow): boolean {
  return now.state === then.state;
}

/**
 * Commits what was found: the change, the mirror, the audit row, and the end of what was asked about it.
 * False when someone else settled it first; then nothing is written.
 */
export async function recordSettlement(
  context: ServerContext,
  change: LoadedChange,
  settlement: Settlement,
): Promise<boolean> {
  const facts = factsOf(change);
  const { state, words, after = null, incident } = settlement;
  return withTransaction(context, async (tx) => {
    const row = await lockChange(tx, change.row.id);
    if (!isAsLookedAt(row, change.row)) return false;
    const keyId = settlement.mirror ? await settlement.mirror(tx) : row.keyId;
    const at = context.now();
    await tx
      .update(changes)
      .set({
        state,
        keyId,
        after,
        settlement: words,
        settledAt: at,
        checks: row.checks + 1,
        checkedAt: at,
        lookAt: settlement.lookAt ?? null,
      })
      .where(eq(changes.id, row.id));
    if (state === 'settled_applied') await closeDrift(tx, context, { ...row, keyId });
    await appendAudit(tx, context, {
      ...auditOf(facts, keyId),
      after: { ...after, settlement: words },
      outcome: outcomes[state],
    });
    await closeIncidentsOf(tx, context, row.id, words);
    if (incident) {
      await openIncident(tx, context, {
        ...incident,
        connectionId: row.connectionId,
        keyId,
        changeId: row.id,
      });
    }
    return true;
  });
}

/** A `sent` change whose process died, or whose answer never came, is from now on unknown. */
export async function recordInterrupted(context: ServerContext, change: LoadedChange): Promise<LoadedChange> {
  const failure = { kind: 'interrupted', status: null, message: null };
  return withTransaction(context, async (tx) => {
    const row = await lockChange(tx, change.row.id);
    if (row.state !== 'sent') return { ...change, row };
    await tx.update(changes).set({ state: 'unknown', failure }).where(eq(changes.id, row.id));
    await appendAudit(tx, context, { ...auditOf(factsOf(change)), after: failure, outcome: 'unknown' });
    return { ...change, row: { ...row, state: 'unknown', failure } };
  });
}

/** Asks a person about an unknown outcome; nobody looks again until it was answered. */
export async function recordQuestion(
  context: ServerContext,
  change: LoadedChange,
  incident: Omit<NewIncident, 'connectionId' | 'keyId' | 'changeId'>,
): Promise<Verdict> {
  const { row } = change;
  await withTransaction(context, async (tx) => {
    const locked = await lockChange(tx, row.id);
    if (!isAsLookedAt(locked, row)) return;
    await tx.update(changes).set({ lookAt: null, checkedAt: context.now() }).where(eq(changes.id, row.id));
    await openIncident(tx, context, {
      ...incident,
      connectionId: row.connectionId,
      keyId: locked.keyId,
      changeId: row.id,
    });
  });
  return { kind: 'asked', why: String(incident.facts.why ?? incident.title) };
}

/** A look that decided nothing: the next one waits longer, and after several a person is told. */
export async function postponeLook(
  context: ServerContext,
  change: LoadedChange,
  open: Extract<Verdict, { kind: 'open' }>,
): Promise<void> {
  const { row, connection } = change;
  const facts = factsOf(change);
  await withTransaction(context, async (tx) => {
    const { checks, state } = await lockChange(tx, row.id);
    if (state !== row.state) return;
    const at = context.now();
    await tx
      .update(changes)
      .set({ checks: checks + 1, checkedAt: at, lookAt: new Date(at.getTime() + backoffMs(checks)) })
      .where(eq(changes.id, row.id));
    if (checks + 1 < LOOKS_BEFORE_INCIDENT) return;
    await openIncident(tx, context, {
      kind: 'outcome_unknown',
      title: `Keyward cannot tell yet whether ${nameChange(facts.kind, facts.keyName)} took effect at ${connection.name}.`,
      facts: { why: open.why, looks: checks + 1 },
      connectionId: row.connectionId,
      keyId: row.keyId,
      changeId: row.id,
    });
  });
}
