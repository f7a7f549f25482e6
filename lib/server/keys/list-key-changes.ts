import 'server-only';
import { desc, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { changes } from '@/lib/db/schema';
import { parseAssignedKeys, summarizeAssignment } from '@/lib/domain/audit/assignment';
import { withNames } from '@/lib/domain/audit/name-ids';
import type { KeyChangeView } from '@/lib/domain/keys/key-detail';
import { rotationActs } from '@/lib/domain/rotation/rotation-act';
import type { NamedKey } from '@/lib/domain/rotation/rotation-view';
import { changeFailureText } from '@/lib/words/change-words';
import { findRecordNames } from '../audit/find-record-names';
import { findSuccession } from '../rotation/find-succession';

const MOST_CHANGES = 100;

export type ChangedKey = {
  readonly id: number;
  readonly providerName: string;
  /** The other keys of its line of succession: their changes are its history too. */
  readonly line: readonly NamedKey[];
  /** The teams that the actor reaches; null for all. */
  readonly teams: readonly number[] | null;
};

/** The names of the other keys, by id; this key itself has none. */
function namesOf({ line }: ChangedKey): ReadonlyMap<number, string> {
  return new Map(line.map(({ id, name }) => [id, name]));
}

async function selectChanges(db: Queryable, key: ChangedKey): Promise<readonly KeyChangeView[]> {
  const names = namesOf(key);
  const { providerName } = key;
  const rows = await db
    .select()
    .from(changes)
    .where(inArray(changes.keyId, [key.id, ...names.keys()]))
    .orderBy(desc(changes.plannedAt), desc(changes.id))
    .limit(MOST_CHANGES + 1);
  return rows.map((row) => ({
    id: row.id,
    keyName: names.get(row.keyId ?? 0) ?? null,
    kind: row.kind,
    state: row.state,
    actorName: row.actorName,
    at: row.plannedAt.toISOString(),
    before: row.before,
    after: row.after ?? row.wish,
    reason: row.reason,
    failure: changeFailureText(row.failure, providerName),
    settlement: row.settlement,
  }));
}

type AssignmentRow = {
  seq: number;
  at: Date;
  actor_name: string;
  before: unknown;
  after: unknown;
  reason: string;
};

/** What concerns this key alone of an assignment, which may have been one of many keys. */
async function selectAssignments(db: Queryable, keyId: number): Promise<readonly KeyChangeView[]> {
  const { rows } = await db.execute<AssignmentRow>(sql`
    select seq, at, actor_name, before, after, reason from audit_events
    where action = 'key.assign' and (key_id = ${keyId}
      or (key_id is null and before @> ${JSON.stringify([{ id: keyId }])}::jsonb))
    order by seq desc limit ${MOST_CHANGES + 1}`);
  return rows.map((row) => ({
    id: `audit-${row.seq}`,
    keyName: null,
    kind: 'assign',
    state: 'applied',
    actorName: row.actor_name,
    at: row.at.toISOString(),
    before: summarizeAssignment((parseAssignedKeys(row.before) ?? []).filter(({ id }) => id === keyId)),
    after: row.after,
    reason: row.reason,
    failure: null,
    settlement: null,
  }));
}

const deletionKinds = { 'key.plan_delete': 'plan_delete', 'key.cancel_delete': 'cancel_delete' } as const;

type DeletionRow = AssignmentRow & { action: keyof typeof deletionKinds };

/** Days of a deletion that were set or taken away without a change at the provider. */
async function selectDeletions(db: Queryable, keyId: number): Promise<readonly KeyChangeView[]> {
  const { rows } = await db.execute<DeletionRow>(sql`
    select seq, at, actor_name, action, before, after, reason from audit_events
    where action in ('key.plan_delete', 'key.cancel_delete') and key_id = ${keyId}
    order by seq desc limit ${MOST_CHANGES + 1}`);
  return rows.map((row) => ({
    id: `audit-${row.seq}`,
    keyName: null,
    kind: deletionKinds[row.action],
    state: 'applied',
    actorName: row.actor_name,
    at: row.at.toISOString(),
    before: row.before,
    after: row.after,
    reason: row.reason,
    failure: null,
    settlement: null,
  }));
}

const rotationKinds: ReadonlyMap<string, KeyChangeView['kind']> = new Map(
  rotationActs.map((act) => [`rotation.${act}`, `rotation.${act}`]),
);

type RotationRow = AssignmentRow & { action: string; outcome: string };

/** What happened in the rotations of the whole line: one key took over from the other. */
async function selectRotations(db: Queryable, { id, teams }: ChangedKey): Promise<readonly KeyChangeView[]> {
  const { keyIds, rotationIds } = await findSuccession(db, id, teams);
  if (rotationIds.length === 0) return [];
  const { rows } = await db.execute<RotationRow>(sql`
    select seq, at, actor_name, action, before, after, reason, outcome
    from audit_events
    where action like 'rotation.%' and key_id = any(${sql.param([...keyIds])}::int[])
      and after ->> 'rotationId' = any(${sql.param([...rotationIds])}::text[])
    order by seq desc limit ${MOST_CHANGES + 1}`);
  return rows.flatMap((row): KeyChangeView[] => {
    const kind = rotationKinds.get(row.action);
    if (kind === undefined) return [];
    return [
      {
        id: `audit-${row.seq}`,
        keyName: null,
        kind,
        state: row.outcome === 'done' ? 'applied' : 'settled_not_applied',
        actorName: row.actor_name,
        at: row.at.toISOString(),
        before: null,
        after: row.after,
        reason: row.reason,
        failure: null,
        settlement: null,
      },
    ];
  });
}

/** The latest changes of a key that the actor was found to reach, newest first: at its provider and here. */
export async function listKeyChanges(
  db: Queryable,
  key: ChangedKey,
): Promise<{ readonly changes: readonly KeyChangeView[]; readonly hasMoreChanges: boolean }> {
  const all = [
    ...(await selectChanges(db, key)),
    ...(await selectAssignments(db, key.id)),
    ...(await selectDeletions(db, key.id)),
    ...(await selectRotations(db, key)),
  ];
  all.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const shown = all.slice(0, MOST_CHANGES);
  const names = await findRecordNames(
    db,
    shown.flatMap(({ before, after }) => [before, after]),
  );
  return {
    changes: shown.map((change) => ({
      ...change,
      before: withNames(change.before, names),
      after: withNames(change.after, names),
    })),
    hasMoreChanges: all.length > MOST_CHANGES,
  };
}
