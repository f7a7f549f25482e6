import 'server-only';
import { sql } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { barOf, PACE_DAYS, RECENT_DAYS, type RecentSpendWire } from '@/lib/domain/keys/recent-spend';
import { addDays, firstOfMonth, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type ServerContext, teamsWithinReach } from '../context';
import { isOneOf } from '../spend/spend-scope';
import { keysWithinTeams } from './get-keys-table';
import { createUsageDayStore, type UsageDay } from './usage-day-store';

type Store = ReturnType<typeof createUsageDayStore>;
const shared = globalThis as typeof globalThis & { keywardUsageDays?: WeakMap<Database, Store> };

/** One store a database and process, though Next loads this module several times. */
function storeOf(db: Database): Store {
  shared.keywardUsageDays ??= new WeakMap();
  const known = shared.keywardUsageDays.get(db);
  if (known) return known;
  const store = createUsageDayStore();
  shared.keywardUsageDays.set(db, store);
  return store;
}

async function findKeyIds(db: Database, teamIds: readonly number[] | null): Promise<Set<number> | null> {
  if (teamIds === null) return null;
  const { rows } = await db.execute<{ id: number }>(
    sql`select k.id from keys k where ${keysWithinTeams(teamIds)}`,
  );
  return new Set(rows.map(({ id }) => id));
}

type SharedDay = {
  readonly keyId: number;
  readonly at: number;
  readonly spend: number;
  readonly isOther: boolean;
};

/**
 * The days of keys that were not the teams' on all of them: what they spent as theirs, by key. Read anew each time,
 * since a key that changes hands brings no news of its days. Few keys do, and the months tell which.
 */
async function listShared(
  db: Database,
  teams: readonly number[],
  from: UtcDay,
): Promise<ReadonlyMap<number, Float64Array>> {
  const to = addDays(from, RECENT_DAYS - 1);
  const counts = isOneOf('f.team_id', teams);
  const { rows } = await db.execute<SharedDay>(sql`
    select f.key_id as "keyId", f.day - ${from}::date as at,
      coalesce(sum(f.spend) filter (where ${counts}), 0)::float8 as spend, bool_or(not ${counts}) as "isOther"
    from usage_facts f
    where f.day between ${from} and ${to} and f.key_id in (
      select u.key_id from usage_by_key_month u
      where u.month between ${firstOfMonth(from)} and ${to} and not ${isOneOf('u.team_id', teams)}
        and u.key_id in (select k.id from keys k where ${keysWithinTeams(teams)})
    ) group by 1, 2`);
  const others = new Set(rows.filter(({ isOther }) => isOther).map(({ keyId }) => keyId));
  const shared = new Map([...others].map((keyId) => [keyId, new Float64Array(RECENT_DAYS)]));
  for (const { keyId, at, spend } of rows) {
    const days = shared.get(keyId);
    if (days) days[at] = spend;
  }
  return shared;
}

type KeySum = { readonly days: Float64Array; lastDay: number };

function sumByKey(days: readonly (UsageDay | null)[], isWithinReach: (keyId: number) => boolean) {
  const sums = new Map<number, KeySum>();
  days.forEach((day, at) => {
    day?.keyIds.forEach((keyId, position) => {
      if (!isWithinReach(keyId)) return;
      const sum = sums.get(keyId) ?? { days: new Float64Array(RECENT_DAYS), lastDay: -1 };
      sums.set(keyId, sum);
      sum.days[at] = day.spend[position] ?? 0;
      if (day.isUsed[position] === 1) sum.lastDay = at;
    });
  });
  return sums;
}

/** Four decimals are enough to draw with, and travel shorter. */
function short(dollars: number): number {
  return Math.round(dollars * 10_000) / 10_000;
}

/** Dollars a day over the last whole days that were read; today is not over and does not count. */
function paceOver(sum: KeySum, days: readonly (UsageDay | null)[]): number {
  const today = RECENT_DAYS - 1;
  let spend = 0;
  let known = 0;
  for (let at = today - PACE_DAYS; at < today; at += 1) {
    if (!days[at]?.isKnown) continue;
    known += 1;
    spend += sum.days[at] ?? 0;
  }
  return known === 0 ? 0 : spend / known;
}

/** Of the whole key, whoever had it. */
type KeyUse = { readonly pace: number; readonly lastDay: number };

type Columns = {
  id: number[];
  bars: string[];
  peak: number[];
  total: number[];
  pace: number[];
  lastDay: number[];
};

/** `days` is what counts as spend of the key. */
function addKey(columns: Columns, keyId: number, days: Float64Array, { pace, lastDay }: KeyUse): void {
  const peak = days.reduce((max, value) => Math.max(max, value), 0);
  columns.id.push(keyId);
  columns.bars.push(Array.from(days, (value) => barOf(value, peak)).join(''));
  columns.peak.push(short(peak));
  columns.total.push(short(days.reduce((total, value) => total + value, 0)));
  columns.pace.push(short(pace));
  columns.lastDay.push(lastDay);
}

/**
 * The last 30 UTC days of every key within reach that had usage, for sparklines and paces. Spend is that of the days on
 * which a key was one of the actor's teams'; pace and last use are of the whole key, as its limit counts.
 */
export async function getRecentSpend(context: ServerContext): Promise<RecentSpendWire> {
  const reach = teamsWithinReach(context, 'keys.read');
  const from: UtcDay = addDays(utcDayOf(context.now()), 1 - RECENT_DAYS);
  const usage = await storeOf(context.db).load(context.db, from, RECENT_DAYS);
  const keyIds = await findKeyIds(context.db, reach);
  const shared = reach === null ? new Map<number, Float64Array>() : await listShared(context.db, reach, from);
  const columns: Columns = { id: [], bars: [], peak: [], total: [], pace: [], lastDay: [] };
  const known: Record<number, string> = {};
  for (const [connectionId, days] of usage) {
    known[connectionId] = days.map((day) => (day?.isKnown ? '1' : '0')).join('');
    const sums = sumByKey(days, (keyId) => keyIds === null || keyIds.has(keyId));
    for (const [keyId, sum] of sums) {
      const use = { pace: paceOver(sum, days), lastDay: sum.lastDay };
      addKey(columns, keyId, shared.get(keyId) ?? sum.days, use);
    }
  }
  return { from, known, shared: [...shared.keys()], columns };
}
