import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageSource } from '@/lib/domain/usage/usage-fact';

/** Days that were answered whole: complete when they had ended before the read began, else open. */
export async function markCovered(
  db: Queryable,
  connectionId: number,
  days: readonly UtcDay[],
  read: { readonly source: UsageSource; readonly readAt: Date },
): Promise<void> {
  if (days.length === 0) return;
  await db.execute(sql`
    insert into usage_days as d (connection_id, day, state, source, fetched_at, reason)
    select ${connectionId}::int, day,
      case when ${read.readAt}::timestamptz >= (day + 1)::timestamp at time zone 'UTC' then 'complete' else 'open' end,
      ${read.source}::text, ${read.readAt}::timestamptz, null
    from unnest(${sql.param(days)}::date[]) as covered (day)
    on conflict (connection_id, day) do update
    set state = case when d.state = 'complete' then d.state else excluded.state end,
      source = excluded.source, fetched_at = excluded.fetched_at, reason = null`);
}

/**
 * Days that could not be read, and why. What is known of a day stays: a complete day is not touched, a day
 * read while it ran keeps its figures and gets the reason.
 */
export async function markMissing(
  db: Queryable,
  connectionId: number,
  days: readonly UtcDay[],
  read: { readonly reason: string; readonly readAt: Date },
): Promise<void> {
  if (days.length === 0) return;
  await db.execute(sql`
    insert into usage_days as d (connection_id, day, state, fetched_at, reason)
    select ${connectionId}::int, day, 'missing', ${read.readAt}::timestamptz, ${read.reason}::text
    from unnest(${sql.param(days)}::date[]) as missed (day)
    on conflict (connection_id, day) do update
    set reason = excluded.reason,
      fetched_at = case when d.state = 'missing' then excluded.fetched_at else d.fetched_at end
    where d.state <> 'complete'`);
}
