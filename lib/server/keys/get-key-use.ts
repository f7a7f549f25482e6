import 'server-only';
import { sql } from 'drizzle-orm';
import type { KeyUse } from '@/lib/domain/keys/key-use';
import { usd } from '@/lib/domain/money/usd';
import { addDays, firstOfMonth, parseUtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type ServerContext, teamsWithinReach } from '../context';
import { isOneOf } from '../spend/spend-scope';
import { loadKey } from './load-key';

const DAY_MS = 86_400_000;

type UseRow = {
  owner_name: string | null;
  team_name: string | null;
  today: string | null;
  is_today_read: boolean;
  yesterday: string;
  last_day: string | null;
  models: string[] | null;
  month_spend: string;
  has_waiting_hand_over: boolean;
};

/**
 * What still uses a key, from the facts and the provider's own "last used"; its month is that of the days on which it
 * was one of the teams within the actor's reach.
 */
export async function getKeyUse(context: ServerContext, input: { keyId: number }): Promise<KeyUse> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  const teams = teamsWithinReach(context, 'keys.read');
  const today = utcDayOf(context.now());
  const { rows } = await context.db.execute<UseRow>(sql`
    select
      (select name from users where id = ${key.ownerId}) as owner_name,
      (select name from teams where id = ${key.teamId}) as team_name,
      exists (select 1 from usage_days where connection_id = ${key.connectionId} and day = ${today}
        and state <> 'missing') as is_today_read,
      (select coalesce(sum(requests), 0) from usage_facts where key_id = ${key.id} and day = ${today})::text as today,
      (select coalesce(sum(requests), 0) from usage_facts
        where key_id = ${key.id} and day = ${addDays(today, -1)})::text as yesterday,
      (select max(day)::text from usage_facts where key_id = ${key.id} and requests > 0) as last_day,
      (select array_agg(name order by name) from models where id in (select model_id from usage_facts
        where key_id = ${key.id} and day >= ${addDays(today, -1)} and requests > 0) and id <> 0) as models,
      (select coalesce(sum(spend), 0)::text from usage_by_key_month
        where key_id = ${key.id} and month = ${firstOfMonth(today)}
          and ${isOneOf('team_id', teams)}) as month_spend,
      exists (select 1 from hand_overs where key_id = ${key.id} and sealed is not null) as has_waiting_hand_over`);
  const row = rows[0];
  if (!row) throw new Error('the use of a key was not answered');
  const requestsToday = row.is_today_read ? Number(row.today) : null;
  const requestsYesterday = Number(row.yesterday);
  const lastUsedAt = key.lastUsedAt;
  const isRecent = lastUsedAt !== null && context.now().getTime() - lastUsedAt.getTime() < DAY_MS;
  return {
    keyId: key.id,
    name: key.name,
    ownerName: row.owner_name,
    teamName: row.team_name,
    requestsToday,
    requestsYesterday,
    models: row.models ?? [],
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    lastUsedDay: row.last_day === null ? null : parseUtcDay(row.last_day),
    monthSpend: usd(row.month_spend),
    hasWaitingHandOver: row.has_waiting_hand_over,
    isInUse: requestsToday === null || requestsToday > 0 || requestsYesterday > 0 || isRecent,
  };
}
