import 'server-only';
import type { Transaction } from '@/lib/db/client';
import type { Topic } from '@/lib/domain/notifications/topic';
import type { RotationHold } from '@/lib/domain/rotation/next-step';
import { type ServerContext, withTransaction } from '../context';
import { notify } from '../notifications/notify';
import type { LoadedRotation } from './load-rotation';

type Telling = { readonly topic: Topic; readonly title: string; readonly body: string };

const DAY_MS = 86_400_000;
/** An old key that is still in use is told of after so long. */
const LONG_IN_USE_MS = 7 * DAY_MS;

/** Tells whoever began a rotation of one step of it, once. */
export async function tellRotation(
  tx: Transaction,
  context: ServerContext,
  { row, old }: LoadedRotation,
  { step, ...telling }: Telling & { readonly step: string },
): Promise<void> {
  await notify(tx, context, {
    ...telling,
    to: row.startedBy === null ? [] : [row.startedBy],
    href: `/keys/${old.id}`,
    dedupeKey: `rotation:${row.id}:${step}`,
  });
}

function waitingWords(loaded: LoadedRotation, hold: RotationHold, now: Date): Telling | null {
  const { row, old } = loaded;
  const waits = (title: string, body: string): Telling => ({ topic: 'rotation.waiting', title, body });
  switch (hold) {
    case 'quiet':
      return now.getTime() - row.startedAt.getTime() < LONG_IN_USE_MS
        ? null
        : waits(
            `${old.name} is still in use, a week after its rotation began`,
            'Someone has the old secret yet.',
          );
    case 'new_gone':
      return waits(`The rotation of ${old.name} waits: its new key is gone`, 'Go back, or begin anew.');
    case 'new_stopped':
      return waits(`The rotation of ${old.name} waits: its new key is stopped`, 'The old key is as it was.');
    case 'taken_back':
      return waits(`The rotation of ${old.name} waits: its old key was enabled again`, 'Go on, or go back.');
    default:
      return null;
  }
}

/** Tells whoever began a rotation that it waits for a person; what passes by itself is not told. */
export async function tellRotationWaits(
  context: ServerContext,
  loaded: LoadedRotation,
  hold: RotationHold,
): Promise<void> {
  const telling = waitingWords(loaded, hold, context.now());
  if (telling === null) return;
  await withTransaction(context, (tx) =>
    tellRotation(tx, context, loaded, { ...telling, step: `waits:${hold}` }),
  );
}
