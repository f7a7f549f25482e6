import 'server-only';
import { and, eq, inArray, lt, lte, ne, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '@/lib/db/client';
import { changes, containers, keys, reads } from '@/lib/db/schema';
import { settlementWords } from '@/lib/domain/changes/change-words';
import { type CreateFinding, judgeCreate, type LostCreate } from '@/lib/domain/changes/judge-create';
import { isQuiet, nextRecheckAt, recheckAt } from '@/lib/domain/changes/settle-timing';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import type { KeyInventory } from '@/lib/providers/port';
import { formatDateTime } from '@/lib/utils/format-date';
import type { ServerContext } from '../context';
import type { ChangeRow, LoadedChange } from './change-row';
import { sayUnreached } from './look-at-update';
import { recordQuestion, recordSettlement } from './record-settlement';
import { findRestoredCreate } from './restored-creates';
import { insertOrphan, retireOrphan } from './retire-orphan';
import type { LookOptions } from './settle-in-call';
import type { Verdict } from './verdict';

const wishSchema = z.object({
  name: z.string(),
  limit: limitSchema,
  containerId: z.number().nullable().default(null),
  /** Not in the ledger of earlier versions. */
  lastKeyId: z.number().optional(),
});

/** A late key of so few milliseconds after the sending can only be the lost one. */
const SURELY_OURS_MS = 90_000;

/**
 * Which of these keys Keyward knew before the create was planned, or made itself since. Their ids tell, in the order
 * of their finding: a clock that was set back gives what was found since an earlier moment.
 */
async function findKnown(db: Queryable, row: ChangeRow, told: readonly ProviderKey[]): Promise<Set<string>> {
  if (told.length === 0) return new Set();
  const made = db
    .select({ id: changes.keyId })
    .from(changes)
    .where(
      and(
        eq(changes.kind, 'create_key'),
        eq(changes.connectionId, row.connectionId),
        inArray(changes.state, ['applied', 'settled_applied']),
        sql`${changes.keyId} is not null`,
      ),
    );
  const { lastKeyId } = wishSchema.parse(row.wish);
  const isBefore = lastKeyId === undefined ? lt(keys.firstSeenAt, row.plannedAt) : lte(keys.id, lastKeyId);
  const rows = await db
    .select({ externalId: keys.externalId })
    .from(keys)
    .where(
      and(
        eq(keys.connectionId, row.connectionId),
        inArray(
          keys.externalId,
          told.map(({ externalId }) => externalId),
        ),
        or(isBefore, inArray(keys.id, made)),
      ),
    );
  return new Set(rows.map(({ externalId }) => externalId));
}

/** Whether another create of that name is being sent this moment: its key must not be taken for this one's. */
async function isAnotherUnderWay(db: Queryable, row: ChangeRow, name: string): Promise<boolean> {
  const [other] = await db
    .select({ id: changes.id })
    .from(changes)
    .where(
      and(
        eq(changes.connectionId, row.connectionId),
        eq(changes.kind, 'create_key'),
        eq(changes.state, 'sent'),
        ne(changes.id, row.id),
        sql`${changes.wish} ->> 'name' = ${name}`,
      ),
    )
    .limit(1);
  return other !== undefined;
}

async function lostCreateOf(db: Queryable, row: ChangeRow): Promise<LostCreate> {
  const wish = wishSchema.parse(row.wish);
  const [container] =
    wish.containerId === null
      ? []
      : await db.select().from(containers).where(eq(containers.id, wish.containerId));
  const [read] = await db
    .select({ id: reads.id })
    .from(reads)
    .where(
      and(
        eq(reads.connectionId, row.connectionId),
        eq(reads.kind, 'keys'),
        eq(reads.state, 'complete'),
        lte(reads.finishedAt, row.plannedAt),
      ),
    )
    .limit(1);
  return {
    name: wish.name,
    limit: wish.limit,
    containerExternalId: container?.externalId ?? null,
    sentAt: row.sentAt ?? row.plannedAt,
    wasReadBefore: read !== undefined,
  };
}

async function judge(db: Queryable, row: ChangeRow, inventory: KeyInventory): Promise<CreateFinding | null> {
  const create = await lostCreateOf(db, row);
  const named = inventory.keys.filter((key) => key.name === create.name);
  // After the listing: what another create made in it is known by now, or still under way.
  if (await isAnotherUnderWay(db, row, create.name)) return null;
  const known = await findKnown(db, row, named);
  return judgeCreate(
    create,
    named.filter(({ externalId }) => !known.has(externalId)),
  );
}

/**
 * One look at all keys for the one that a lost create may have made. Found, it is settled as applied and removed,
 * since nobody saw its secret; not found, it was not created; more than one, nothing is touched and a person is
 * asked.
 */
export async function lookAtCreate(
  context: ServerContext,
  change: LoadedChange,
  options: LookOptions,
): Promise<Verdict> {
  const { row, connection } = change;
  const provider = await context.providers.open(connection);
  let inventory: KeyInventory;
  try {
    inventory = await provider.reads.listKeys({ signal: options.signal });
  } catch (error) {
    return sayUnreached(error, options.signal);
  }
  if (!inventory.isComplete) {
    return { kind: 'open', isReached: false, why: inventory.failure ?? 'Not all keys could be read.' };
  }
  const finding = await judge(context.db, row, inventory);
  if (finding === null) {
    return { kind: 'open', isReached: true, why: 'Another key of that name is being created right now.' };
  }
  switch (finding.kind) {
    case 'one': {
      const why = await doubtAbout(context, change.row, finding.key);
      return why === null
        ? settleOrphan(context, change, finding.key)
        : ask(context, change, [finding.key], why);
    }
    case 'ask':
      return ask(context, change, finding.keys, finding.why);
    case 'none':
      return settleNone(context, change, options);
  }
}

/** Why the only key that can be the lost one is not removed without asking; null when nothing speaks against it. */
async function doubtAbout(context: ServerContext, row: ChangeRow, key: ProviderKey): Promise<string | null> {
  const restored = await findRestoredCreate(context.db, row.id);
  if (restored) {
    return `It was just being made when the backup of ${formatDateTime(restored.backupOf)} was taken, and its secret may have been shown since. If someone has the secret, answer that none of them came from it: the key stays, and is listed as drift.`;
  }
  return isTooLate(row, key, context.now())
    ? 'It appeared long after the create was found not to have happened.'
    : null;
}

/** A key that appears so long after may be one that a person made by hand in the meantime. */
function isTooLate(row: ChangeRow, key: ProviderKey, now: Date): boolean {
  const since = (row.sentAt ?? row.plannedAt).getTime();
  return row.state === 'settled_not_applied' && (key.createdAt ?? now).getTime() - since > SURELY_OURS_MS;
}

function ask(
  context: ServerContext,
  change: LoadedChange,
  candidates: readonly ProviderKey[],
  why: string,
): Promise<Verdict> {
  const { name } = wishSchema.parse(change.row.wish);
  return recordQuestion(context, change, {
    kind: 'create_ambiguous',
    title: `Which key “${name}” came from a create whose answer was lost?`,
    facts: { why, candidates: candidates.map(candidateOf) },
  });
}

function candidateOf({ externalId, name, limit, createdAt, maskedLabel }: ProviderKey) {
  return { externalId, name, limit, createdAt: createdAt?.toISOString() ?? null, maskedLabel };
}

async function settleNone(
  context: ServerContext,
  change: LoadedChange,
  { quietMs }: LookOptions,
): Promise<Verdict> {
  const { row } = change;
  const now = context.now();
  const words = settlementWords.notCreated;
  if (row.state === 'settled_not_applied') {
    await context.db
      .update(changes)
      .set({ lookAt: nextRecheckAt(row, now), checkedAt: now })
      .where(and(eq(changes.id, row.id), eq(changes.state, 'settled_not_applied')));
    return { kind: 'not_applied', words };
  }
  if (!isQuiet(row, now, quietMs)) {
    return { kind: 'open', isReached: true, why: 'It may still be under way.' };
  }
  await recordSettlement(context, change, {
    state: 'settled_not_applied',
    words,
    lookAt: recheckAt(now, now),
  });
  return { kind: 'not_applied', words };
}

/** The key exists and its secret was never seen: on record as applied first, so that a restart goes on removing it. */
export async function settleOrphan(
  context: ServerContext,
  change: LoadedChange,
  found: ProviderKey,
): Promise<Verdict> {
  let keyId: number | null = null;
  const words = settlementWords.orphanFound;
  const isOurs = await recordSettlement(context, change, {
    state: 'settled_applied',
    words,
    after: { externalId: found.externalId, name: found.name, limit: found.limit },
    lookAt: context.now(),
    mirror: async (tx) => {
      keyId = await insertOrphan(tx, context, change.connection.id, found);
      return keyId;
    },
  });
  if (isOurs) await retireOrphan(context, change.row.id);
  return { kind: 'applied', keyId, words };
}
