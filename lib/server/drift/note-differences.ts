import 'server-only';
import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { driftItems } from '@/lib/db/schema';
import {
  type DriftStep,
  isSamePart,
  type KeyValue,
  partOf,
  stepOfDifference,
  type ValueKind,
  valueKinds,
} from '@/lib/domain/drift/drift';
import { isSinceBegin, type ReadSpan } from '../reads/since-begin';
import { type DriftRow, listOpenDrift } from './drift-row';
import { loadOwnChanges, type OwnChanges } from './load-own-changes';

/** A key of which a read told something else than the mirror held. */
export type KeyDifference = {
  readonly keyId: number;
  readonly was: Required<Pick<KeyValue, 'name' | 'limit' | 'isDisabled'>>;
  readonly found: Required<Pick<KeyValue, 'name' | 'limit' | 'isDisabled'>>;
};

export type DriftRead = ReadSpan & { readonly connectionId: number };

const ROWS_A_STATEMENT = 1_000;

/** The keys of these that Keyward wrote after the read began: what the read told of them may be older. */
async function findWritten(
  tx: Transaction,
  keyIds: readonly number[],
  read: DriftRead,
): Promise<ReadonlySet<number>> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    select k.id from keys k
    where k.id = any(${sql.param([...keyIds])}::int[]) and ${isSinceBegin('k.written_at', read)}`);
  return new Set(rows.map(({ id }) => id));
}

type Step = {
  readonly keyId: number;
  readonly kind: ValueKind;
  readonly item: DriftRow | null;
  readonly step: DriftStep;
};

function stepsOf(
  difference: KeyDifference,
  items: ReadonlyMap<string, DriftRow>,
  own: OwnChanges,
): readonly Step[] {
  const { keyId, was, found } = difference;
  const differing = valueKinds.filter((kind) => !isSamePart(kind, was, found));
  return differing.map((kind) => {
    const item = items.get(`${keyId} ${kind}`) ?? null;
    const open = item ? { lastSeen: item.lastSeen ?? {}, found: item.found ?? {} } : null;
    const wishes = own.wishesOf(keyId, kind);
    const told = { kind, was: partOf(kind, was), found: partOf(kind, found) };
    const step = stepOfDifference(told, open, wishes);
    const isOwn = step.kind === 'open' && own.wasJustSet(keyId, kind, found);
    return { keyId, kind, item, step: isOwn ? { kind: 'none' } : step };
  });
}

/**
 * Lists what was changed outside of Keyward, in the transaction that brings the mirror to it: four statements for
 * any number of keys. Answers how many differences are new or other than before, and how many went away.
 */
export async function noteDifferences(
  tx: Transaction,
  differences: readonly KeyDifference[],
  read: DriftRead,
): Promise<{ readonly found: number; readonly resolved: number }> {
  if (differences.length === 0) return { found: 0, resolved: 0 };
  const keyIds = differences.map(({ keyId }) => keyId);
  const written = await findWritten(tx, keyIds, read);
  const open = await listOpenDrift(tx, keyIds);
  const items = new Map(open.map((item) => [`${item.keyId} ${item.kind}`, item]));
  const own = await loadOwnChanges(tx, keyIds, read.storedAt);
  const steps = differences
    .filter(({ keyId }) => !written.has(keyId))
    .flatMap((difference) => stepsOf(difference, items, own));
  await insertItems(tx, steps, own, read);
  await updateItems(tx, steps, read);
  const resolved = steps.flatMap(({ step, item }) => (step.kind === 'resolve' && item ? [item.id] : []));
  if (resolved.length > 0) {
    await tx
      .update(driftItems)
      .set({ decision: 'resolved_itself', decidedAt: read.storedAt })
      .where(inArray(driftItems.id, resolved));
  }
  const found = steps.filter(({ step }) => step.kind === 'open' || step.kind === 'update').length;
  return { found, resolved: resolved.length };
}

async function insertItems(
  tx: Transaction,
  steps: readonly Step[],
  own: OwnChanges,
  { connectionId, storedAt }: DriftRead,
): Promise<void> {
  const rows = steps.flatMap(({ keyId, kind, step }) =>
    step.kind === 'open'
      ? [
          {
            connectionId,
            keyId,
            kind,
            lastSeen: step.lastSeen,
            lastSet: own.lastSetOf(keyId, kind),
            found: step.found,
            foundAt: storedAt,
          },
        ]
      : [],
  );
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    await tx
      .insert(driftItems)
      .values(rows.slice(from, from + ROWS_A_STATEMENT))
      .onConflictDoNothing();
  }
}

/** What was put off until a date is asked anew when something else is found. */
async function updateItems(tx: Transaction, steps: readonly Step[], { storedAt }: DriftRead): Promise<void> {
  const rows = steps.flatMap(({ item, step }) =>
    step.kind === 'update' && item ? [{ id: item.id, found: JSON.stringify(step.found) }] : [],
  );
  if (rows.length === 0) return;
  await tx.execute(sql`
    update drift_items d set found = n.found::jsonb, found_at = ${storedAt}, ignored_until = null
    from unnest(${sql.param(rows.map(({ id }) => id))}::uuid[],
      ${sql.param(rows.map(({ found }) => found))}::text[]) as n (id, found)
    where d.id = n.id and d.decided_at is null`);
}
