import 'server-only';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '@/lib/db/client';
import { addDays, type UtcDay } from '@/lib/domain/periods/utc-day';

/** What the keys of one connection did on one UTC day; the three lists run in step. */
export type UsageDay = {
  readonly isKnown: boolean;
  readonly fetchedAt: string;
  readonly keyIds: Int32Array;
  /** Dollars, for drawing. */
  readonly spend: Float64Array;
  /** 1 where the key had requests. */
  readonly isUsed: Uint8Array;
};

export type UsageDays = ReadonlyMap<number, readonly (UsageDay | null)[]>;

const coveredSchema = z.object({
  connectionId: z.number(),
  day: z.string(),
  isKnown: z.boolean(),
  fetchedAt: z.string(),
});
type Covered = z.infer<typeof coveredSchema>;

const factsSchema = z.object({
  connectionId: z.number(),
  day: z.string(),
  keyIds: z.array(z.number()),
  spend: z.array(z.number()),
  isUsed: z.array(z.number()),
});

async function listCovered(db: Database, from: UtcDay, to: UtcDay): Promise<Covered[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select connection_id as "connectionId", day::text as day, state <> 'missing' as "isKnown",
      fetched_at::text as "fetchedAt"
    from usage_days where day between ${from} and ${to}`);
  return rows.map((row) => coveredSchema.parse(row));
}

async function listFacts(db: Database, days: readonly Covered[]): Promise<z.infer<typeof factsSchema>[]> {
  const connectionIds = days.map(({ connectionId }) => connectionId);
  const dayTexts = days.map(({ day }) => day);
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select connection_id as "connectionId", day::text as day, json_agg(key_id) as "keyIds",
      json_agg(spend) as spend, json_agg(is_used) as "isUsed"
    from (
      select f.connection_id, f.day, f.key_id, sum(f.spend)::float8 as spend,
        (sum(f.requests) > 0)::int as is_used
      from unnest(${sql.param(connectionIds)}::int[], ${sql.param(dayTexts)}::date[]) as wanted (connection_id, day)
      join usage_facts f on f.connection_id = wanted.connection_id and f.day = wanted.day
      group by f.connection_id, f.day, f.key_id
    ) as by_key group by connection_id, day`);
  return rows.map((row) => factsSchema.parse(row));
}

/**
 * Usage by key and day, kept in memory. A day is read again only when its connection brought news of it, so
 * that 10,000 keys are not summed up anew for everyone who looks.
 */
export function createUsageDayStore() {
  const kept = new Map<string, UsageDay>();
  const nameOf = (connectionId: number, day: string) => `${connectionId}/${day}`;

  async function refresh(db: Database, covered: readonly Covered[]): Promise<void> {
    const changed = covered.filter(
      ({ connectionId, day, fetchedAt }) => kept.get(nameOf(connectionId, day))?.fetchedAt !== fetchedAt,
    );
    if (changed.length === 0) return;
    const facts = await listFacts(db, changed);
    const found = new Map(facts.map((item) => [nameOf(item.connectionId, item.day), item]));
    for (const { connectionId, day, isKnown, fetchedAt } of changed) {
      const item = found.get(nameOf(connectionId, day));
      kept.set(nameOf(connectionId, day), {
        isKnown,
        fetchedAt,
        keyIds: Int32Array.from(item?.keyIds ?? []),
        spend: Float64Array.from(item?.spend ?? []),
        isUsed: Uint8Array.from(item?.isUsed ?? []),
      });
    }
  }

  /** The days from `from` on by connection, oldest first; null for a day that was never read. */
  async function load(db: Database, from: UtcDay, count: number): Promise<UsageDays> {
    const days = Array.from({ length: count }, (_, at) => addDays(from, at));
    const covered = await listCovered(db, from, days.at(-1) ?? from);
    await refresh(db, covered);
    const wanted = new Set(covered.map(({ connectionId, day }) => nameOf(connectionId, day)));
    for (const name of kept.keys()) if (!wanted.has(name)) kept.delete(name);
    const connectionIds = [...new Set(covered.map(({ connectionId }) => connectionId))];
    return new Map(
      connectionIds.map((id) => [id, days.map((day) => kept.get(nameOf(id, day)) ?? null)] as const),
    );
  }

  return { load };
}
