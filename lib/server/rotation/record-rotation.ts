import 'server-only';
import { eq } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { rotations } from '@/lib/db/schema';
import type { RotationAct } from '@/lib/domain/rotation/rotation-act';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { type LoadedRotation, lockRotation, type RotationRow } from './load-rotation';
import { closeRefusals } from './refused-step';
import { tellRotation } from './tell-rotation';

export type RotationEntry = {
  readonly rotationId: string;
  readonly act: RotationAct;
  readonly old: { readonly id: number; readonly name: string; readonly connectionId: number };
  /** The new key, or the name it is to have. */
  readonly newKey: { readonly id: number | null; readonly name: string } | null;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  readonly reason?: string | undefined;
};

/** One step of a rotation in the audit log; each names both keys. */
export async function auditRotation(
  tx: Transaction,
  context: ServerContext,
  entry: RotationEntry,
): Promise<void> {
  const { old, newKey } = entry;
  await appendAudit(tx, context, {
    action: `rotation.${entry.act}`,
    subjectKind: 'key',
    subjectId: old.id,
    subjectName: newKey ? `${old.name} → ${newKey.name}` : old.name,
    connectionId: old.connectionId,
    keyId: old.id,
    after: {
      rotationId: entry.rotationId,
      oldKey: old.name,
      newKey: newKey?.name ?? null,
      newKeyId: newKey?.id ?? null,
      ...entry.facts,
    },
    reason: entry.reason,
    outcome: entry.act === 'fail' ? 'not_applied' : 'done',
  });
}

type Move = {
  readonly act: RotationAct;
  /** The move is made only while the row stands so; else someone was faster and nothing is written. */
  readonly from: (row: RotationRow) => boolean;
  readonly to: Partial<typeof rotations.$inferInsert>;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  readonly reason?: string | undefined;
  readonly also?: (tx: Transaction) => Promise<void>;
};

async function tellMove(tx: Transaction, context: ServerContext, loaded: LoadedRotation, move: Move) {
  const { old, new: made } = loaded;
  if (move.act === 'stop_old') {
    await tellRotation(tx, context, loaded, {
      topic: 'rotation.retired',
      step: 'retired',
      title: `${old.name} is retired`,
      body: `It was not used any more, and is stopped.${made ? ` ${made.name} has taken its place.` : ''}`,
    });
  }
  if (move.act === 'fail') {
    await tellRotation(tx, context, loaded, {
      topic: 'rotation.waiting',
      step: 'failed',
      title: `The rotation of ${old.name} came to nothing`,
      body: typeof move.facts?.why === 'string' ? move.facts.why : '',
    });
  }
}

/** Which moves answer what was asked about a step that was refused. */
const answers: Partial<Record<RotationAct, string>> = {
  retire: 'The old key is to be retired.',
  stop_old: 'The old key is stopped.',
  go_back: 'The rotation is taken back.',
  end_back: 'The rotation was taken back.',
  finish: 'The rotation has ended.',
  fail: 'The rotation was given up.',
};

/** Moves a rotation on, with its audit row; false when it was moved by someone else meanwhile. */
export async function moveRotation(
  context: ServerContext,
  loaded: LoadedRotation,
  move: Move,
): Promise<boolean> {
  return withTransaction(context, async (tx) => {
    const row = await lockRotation(tx, loaded.row.id);
    if (!move.from(row)) return false;
    await tx.update(rotations).set(move.to).where(eq(rotations.id, row.id));
    await move.also?.(tx);
    await auditRotation(tx, context, {
      rotationId: row.id,
      act: move.act,
      old: loaded.old,
      newKey: loaded.new,
      facts: move.facts,
      reason: move.reason,
    });
    const answer = answers[move.act];
    if (answer) {
      const isAboutOld = move.act === 'retire' || move.act === 'stop_old';
      const keyIds = isAboutOld ? [loaded.old.id] : [loaded.old.id, loaded.new?.id];
      await closeRefusals(tx, context, keyIds, answer);
    }
    await tellMove(tx, context, loaded, move);
    return true;
  });
}
