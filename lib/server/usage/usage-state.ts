import 'server-only';
import { and, eq, gte, isNull, min, or } from 'drizzle-orm';
import { keys, usageByDimension, usageDays } from '@/lib/db/schema';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { addDays, startOfUtcDay, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { planUsageDays, type UsagePlan } from '@/lib/domain/usage/usage-plan';
import type { ServerContext } from '../context';

/** What is still to be read of a connection's usage, from what is known of each day. */
export async function planUsage(
  context: ServerContext,
  connectionId: number,
  capabilities: Capabilities,
): Promise<UsagePlan> {
  const now = context.now();
  const days = await context.db
    .select({ day: usageDays.day, state: usageDays.state, fetchedAt: usageDays.fetchedAt })
    .from(usageDays)
    .where(eq(usageDays.connectionId, connectionId));
  const [use] = await context.db
    .select({ oldest: min(usageByDimension.day) })
    .from(usageByDimension)
    .where(
      and(eq(usageByDimension.dimension, 'connection'), eq(usageByDimension.connectionId, connectionId)),
    );
  return planUsageDays({
    now,
    today: utcDayOf(now),
    canReadToday: capabilities.usageToday.can,
    historyDays: capabilities.usageHistoryDays,
    known: new Map(days.map((day) => [day.day, day])),
    oldestUse: use?.oldest ?? null,
    isRetryingAtOnce: context.actor.kind === 'user',
  });
}

export type AskedKey = { readonly id: number; readonly externalId: string; readonly isLive: boolean };

/** Keys that left so recently may still have had use in the window. */
const RECENT_DAYS = 3;

/**
 * The keys to ask for: every live one, and for a recent window those that left during it. Asking for keys that
 * left long ago would cost a call for each.
 */
export async function listAskedKeys(
  context: ServerContext,
  connectionId: number,
  from: UtcDay,
): Promise<readonly AskedKey[]> {
  const since = startOfUtcDay(from);
  const isRecent = from >= addDays(utcDayOf(context.now()), -RECENT_DAYS);
  const isLive = and(isNull(keys.goneAt), isNull(keys.deletedAt));
  const rows = await context.db
    .select({ id: keys.id, externalId: keys.externalId, goneAt: keys.goneAt, deletedAt: keys.deletedAt })
    .from(keys)
    .where(
      and(
        eq(keys.connectionId, connectionId),
        isRecent ? or(isLive, gte(keys.goneAt, since), gte(keys.deletedAt, since)) : isLive,
      ),
    );
  return rows.map(({ id, externalId, goneAt, deletedAt }) => ({
    id,
    externalId,
    isLive: goneAt === null && deletedAt === null,
  }));
}
