import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import type { UsageBatch, UsageWindow } from '@/lib/providers/port';
import { type ServerContext, withTransaction } from '../context';
import { factsRelation, isUse, resolveKeys, resolveModels } from './incoming-facts';
import { markCovered, markMissing } from './mark-usage-days';
import { deleteEmptyMonths, replaceFacts } from './replace-facts';
import { rollUpUsage } from './roll-up-usage';

export type UsageToStore = {
  readonly connectionId: number;
  readonly window: UsageWindow;
  readonly batch: UsageBatch;
  /** The keys that the answer speaks for: a fact of theirs that it no longer tells is removed. */
  readonly askedKeyIds: readonly number[];
  /** When the read of this window began. */
  readonly readAt: Date;
  /** Runs first in each transaction; throws to store nothing more. */
  readonly check?: ((tx: Transaction) => Promise<void>) | undefined;
};

/** So many facts at most go into one transaction, so that none is long. */
const FACTS_A_TRANSACTION = 40_000;

type Chunk = { readonly days: readonly UtcDay[]; readonly facts: readonly UsageFact[] };

function splitByDay(batch: UsageBatch): Chunk[] {
  const byDay = new Map<UtcDay, UsageFact[]>(batch.coveredDays.map((day) => [day, []]));
  for (const fact of batch.facts) if (isUse(fact)) byDay.get(fact.day)?.push(fact);
  const chunks: { days: UtcDay[]; facts: UsageFact[] }[] = [];
  for (const [day, facts] of byDay) {
    const last = chunks.at(-1);
    if (last && last.facts.length + facts.length <= FACTS_A_TRANSACTION) {
      last.days.push(day);
      for (const fact of facts) last.facts.push(fact);
    } else {
      chunks.push({ days: [day], facts: [...facts] });
    }
  }
  return chunks;
}

/** Usage of a connection is written by one transaction at a time: roll-ups are kept by differences. */
export async function lockUsage(tx: Transaction, connectionId: number): Promise<void> {
  await tx.execute(sql`select id from connections where id = ${connectionId} for no key update`);
}

async function storeChunk(tx: Transaction, input: UsageToStore, chunk: Chunk): Promise<void> {
  const { connectionId, readAt, batch } = input;
  await lockUsage(tx, connectionId);
  await input.check?.(tx);
  const { days, facts } = chunk;
  const keys = await resolveKeys(tx, connectionId, new Set(facts.map((fact) => fact.keyExternalId)), readAt);
  const names = facts.flatMap((fact) => (fact.model === null || fact.model === '' ? [] : [fact.model]));
  const models = await resolveModels(tx, new Set(names));
  const { changedDays, hasRemovals } = await replaceFacts(tx, {
    connectionId,
    days,
    askedKeyIds: input.askedKeyIds,
    facts: factsRelation(facts, { keys, models }),
    source: batch.source,
    readAt,
  });
  if (changedDays.length > 0) await rollUpUsage(tx, connectionId, changedDays);
  if (hasRemovals) await deleteEmptyMonths(tx, connectionId, changedDays);
  await markCovered(tx, connectionId, days, { source: batch.source, readAt });
}

/**
 * Keeps one answer about usage: each covered day's facts take the place of the earlier ones, and every roll-up
 * is brought along in the same transaction, so that it equals the facts exactly. Days of the window that the
 * answer does not cover keep what is known of them and get the reason.
 */
export async function storeUsage(context: ServerContext, input: UsageToStore): Promise<void> {
  for (const chunk of splitByDay(input.batch)) {
    await withTransaction(context, (tx) => storeChunk(tx, input, chunk));
  }
  const covered = new Set(input.batch.coveredDays);
  const missed = eachDay(input.window.from, input.window.to).filter((day) => !covered.has(day));
  const reason = input.batch.gap ?? 'The provider did not tell this day.';
  await markMissing(context.db, input.connectionId, missed, { reason, readAt: input.readAt });
}
