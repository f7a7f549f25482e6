import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { handOvers } from '@/lib/db/schema';
import { canonicalJson } from '@/lib/domain/changes/audit-hash';
import { handOverStateOf } from '@/lib/domain/hand-over/hand-over-state';
import { isSameLimit } from '@/lib/domain/limits/limit';
import type { RotatedKey, RotationFacts } from '@/lib/domain/rotation/next-step';
import type { Watch } from '@/lib/domain/rotation/watch-old-key';
import type { ServerContext } from '../context';
import { type KeyDbRow, limitOf } from '../keys/load-key';
import type { LoadedRotation } from './load-rotation';
import {
  isCopyDue,
  isOpenChange,
  type LedgerRow,
  listRotationChanges,
  lowestCapOf,
  mayStillLand,
  recordOf,
  splitByPurpose,
  wasApplied,
} from './rotation-ledger';
import { findWatch } from './watch-facts';

/** A create whose process gave no sign for so long is taken for ended. */
const CREATE_REST_MS = 120_000;
/** Whoever created the key also sets its labels and its expiry; only after that are they looked at here. */
const COPY_REST_MS = 60_000;

const shared = globalThis as typeof globalThis & { keywardStartingRotations?: Set<string> };

/** Rotations whose key this process creates this moment. */
export function startingRotations(): Set<string> {
  shared.keywardStartingRotations ??= new Set();
  return shared.keywardStartingRotations;
}

function rotatedKey({ capabilities }: LoadedRotation, key: KeyDbRow): RotatedKey {
  const isCapped = isSameLimit(limitOf(key), lowestCapOf(capabilities));
  return {
    isLive: key.deletedAt === null && key.goneAt === null,
    isStopped: capabilities.disable.can ? key.isDisabled : isCapped,
    isDeleting: key.deleteAfter !== null,
  };
}

function createOf(context: ServerContext, { row }: LoadedRotation, ledger: readonly LedgerRow[]) {
  if (startingRotations().has(row.id)) return 'under_way';
  const creates = ledger.filter(({ kind }) => kind === 'create_key');
  const isOpen = creates.some((change) => isOpenChange(change) || (wasApplied(change) && change.lookAt));
  const last = Math.max(
    ...[row.startedAt, ...creates.map((change) => change.settledAt ?? change.plannedAt)].map(Number),
  );
  return isOpen || context.now().getTime() - last < CREATE_REST_MS ? 'under_way' : 'over';
}

async function handOverOf(
  db: Queryable,
  newKeyId: number | null,
  now: Date,
): Promise<RotationFacts['handOver']> {
  if (newKeyId === null) return 'none';
  const rows = await db.select().from(handOvers).where(eq(handOvers.keyId, newKeyId));
  if (rows.length === 0) return 'none';
  const states = rows.map((row) => handOverStateOf(row, now));
  if (states.includes('collected')) return 'collected';
  return states.includes('waiting') ? 'waiting' : 'lost';
}

function copiesOf(
  context: ServerContext,
  loaded: LoadedRotation,
  ledger: readonly LedgerRow[],
): RotationFacts['copies'] {
  const { old, new: made, capabilities, row } = loaded;
  const now = context.now();
  const settled = { labels: 'settled', expiry: 'settled' } as const;
  if (made === null || now.getTime() - made.firstSeenAt.getTime() < COPY_REST_MS) return settled;
  const { labels, expiry } = splitByPurpose(ledger, made.id, capabilities);
  const hasLabels = Object.keys(old.labels).length > 0 && capabilities.labels.can;
  const isLabelled = canonicalJson(made.labels) === canonicalJson(old.labels);
  const { expiryAtCreation, expiryLater } = capabilities;
  const isExpiryLater = !expiryAtCreation.can && expiryLater.can;
  const hasExpiry = isExpiryLater && old.expiresAt !== null && old.expiresAt > now;
  const isExpirySet = made.expiresAt?.getTime() === old.expiresAt?.getTime();
  if (row.state !== 'watching') return settled;
  return {
    labels: hasLabels && !isLabelled && isCopyDue(labels, now) ? 'due' : 'settled',
    expiry: hasExpiry && !isExpirySet && isCopyDue(expiry, now) ? 'due' : 'settled',
  };
}

export type FoundFacts = {
  readonly facts: RotationFacts;
  readonly watch: Watch;
  readonly ledger: readonly LedgerRow[];
};

/** All that decides on the next step of an open rotation; throws for one that has ended. */
export async function findRotationFacts(context: ServerContext, loaded: LoadedRotation): Promise<FoundFacts> {
  const { row, old, new: made, connection, capabilities } = loaded;
  const { state } = row;
  if (state === 'done' || state === 'failed') throw new Error('a rotation that has ended has no next step');
  const now = context.now();
  const ledger = await listRotationChanges(context.db, row.id);
  const onOld = splitByPurpose(ledger, old.id, capabilities);
  const onNew = made === null ? null : splitByPurpose(ledger, made.id, capabilities);
  const watch = await findWatch(context, loaded);
  const isRetiring = state === 'retiring' || state === 'cancelled';
  const deleteAt = isRetiring ? row.waitUntil : null;
  return {
    watch,
    ledger,
    facts: {
      state,
      connection: connection.state,
      canDisable: capabilities.disable.can,
      old: rotatedKey(loaded, old),
      new: made === null ? null : rotatedKey(loaded, made),
      create: createOf(context, loaded, ledger),
      copies: copiesOf(context, loaded, ledger),
      handOver: await handOverOf(context.db, made?.id ?? null, now),
      isQuiet: watch.isQuiet,
      // Going back ends only when no stop can land after it any more.
      stop: state === 'cancelled' && mayStillLand(onOld.stop) ? 'open' : recordOf(onOld.stop, now),
      isStopRecorded: deleteAt !== null,
      isGraceOver: deleteAt !== null && now >= deleteAt,
      remove: recordOf(onOld.remove, now),
      restore: recordOf(onOld.restore, now),
      stopNew: onNew === null ? 'none' : recordOf([...onNew.stop, ...onNew.remove], now),
    },
  };
}
