import 'server-only';
import { and, desc, eq, gte, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { handOvers, keys, reads, usageDays, usageFacts } from '@/lib/db/schema';
import { compareUsd, ZERO_USD } from '@/lib/domain/money/usd';
import { type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type WatchedDay, type WatchFacts, watchOldKey } from '@/lib/domain/rotation/watch-old-key';
import type { ServerContext } from '../context';
import type { KeyDbRow } from '../keys/load-key';
import type { LoadedRotation } from './load-rotation';

/** Requests in the facts since a day. Only days since the rotation count: history may still be on its way. */
export async function countRequests(db: Queryable, keyId: number, from: UtcDay): Promise<number> {
  const [row] = await db
    .select({ requests: sql<string>`coalesce(sum(${usageFacts.requests}), 0)` })
    .from(usageFacts)
    .where(and(eq(usageFacts.keyId, keyId), gte(usageFacts.day, from)));
  return Number(row?.requests ?? 0);
}

/** When the last complete read of the connection's keys began. */
async function findKeysSeenUntil(db: Queryable, connectionId: number): Promise<Date | null> {
  const [row] = await db
    .select({ startedAt: reads.startedAt })
    .from(reads)
    .where(and(eq(reads.connectionId, connectionId), eq(reads.kind, 'keys'), eq(reads.state, 'complete')))
    .orderBy(desc(reads.startedAt))
    .limit(1);
  return row?.startedAt ?? null;
}

async function listDays(db: Queryable, connectionId: number, from: UtcDay): Promise<readonly WatchedDay[]> {
  return db
    .select({ day: usageDays.day, state: usageDays.state, fetchedAt: usageDays.fetchedAt })
    .from(usageDays)
    .where(and(eq(usageDays.connectionId, connectionId), gte(usageDays.day, from)));
}

async function findPickedUpAt(db: Queryable, keyId: number): Promise<Date | null> {
  const [row] = await db
    .select({ at: handOvers.collectedAt })
    .from(handOvers)
    .where(and(eq(handOvers.keyId, keyId), isNotNull(handOvers.collectedAt)))
    .orderBy(desc(handOvers.collectedAt))
    .limit(1);
  return row?.at ?? null;
}

/** A key that spent something but has no last use is one whose provider does not tell it. */
function isLastUseTold({ capabilities }: LoadedRotation, old: KeyDbRow): boolean {
  if (!capabilities.lastUsed.can) return false;
  if (old.lastUsedAt !== null) return true;
  return [old.spendLifetime, old.byokLifetime].every(
    (spend) => spend === null || compareUsd(spend, ZERO_USD) === 0,
  );
}

/**
 * What is known of the old key's use since the rotation began to watch it. How far the reads reach is asked first:
 * what a read brought between two questions then counts as use, and never as quiet.
 */
async function findWatchFacts(context: ServerContext, loaded: LoadedRotation): Promise<WatchFacts> {
  const { db } = context;
  const { row, connection, capabilities } = loaded;
  const quietSince = row.quietSince ?? row.startedAt;
  const hasUsage = capabilities.usageByDay.can && capabilities.usageToday.can;
  const keysSeenUntil = await findKeysSeenUntil(db, connection.id);
  const days = hasUsage ? await listDays(db, connection.id, utcDayOf(quietSince)) : null;
  const [old = loaded.old] = await db.select().from(keys).where(eq(keys.id, loaded.old.id));
  return {
    quietHours: row.quietHours,
    quietSince,
    lastRequests: row.lastRequests ?? 0,
    requests: await countRequests(db, old.id, utcDayOf(row.startedAt)),
    lastUsedAt: old.lastUsedAt,
    newsAt: isLastUseTold(loaded, old) ? null : old.lastSeenAt,
    pickedUpAt: loaded.new === null ? null : await findPickedUpAt(db, loaded.new.id),
    keysSeenUntil,
    days,
    // While it is being retired the column holds the day of the deletion.
    waitUntil: row.state === 'watching' ? row.waitUntil : null,
    now: context.now(),
  };
}

export async function findWatch(context: ServerContext, loaded: LoadedRotation) {
  return watchOldKey(await findWatchFacts(context, loaded));
}
