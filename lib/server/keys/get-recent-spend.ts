import 'server-only';
import { sql } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { barOf, PACE_DAYS, RECENT_DAYS, type RecentSpendWire } from '@/lib/domain/keys/recent-spend';
import { addDays, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type ServerContext, teamsWithinReach } from '../context';
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

type Columns = {
  id: number[];
  bars: string[];
  peak: number[];
  total: number[];
  pace: number[];
  lastDay: number[];
};

function addKey(columns: Columns, keyId: number, sum: KeySum, pace: number): void {
  const peak = sum.days.reduce((max, value) => Math.max(max, value), 0);
  columns.id.push(keyId);
  columns.bars.push(Array.from(sum.days, (value) => barOf(value, peak)).join(''));
  columns.peak.push(short(peak));
  columns.total.push(short(sum.days.reduce((total, value) => total + value, 0)));
  columns.pace.push(short(pace));
  columns.lastDay.push(sum.lastDay);
}

/** The last 30 UTC days of every key within reach that had usage, for sparklines and paces. */
export async function getRecentSpend(context: ServerContext): Promise<RecentSpendWire> {
  const reach = teamsWithinReach(context, 'keys.read');
  const from: UtcDay = addDays(utcDayOf(context.now()), 1 - RECENT_DAYS);
  const usage = await storeOf(context.db).load(context.db, from, RECENT_DAYS);
  const keyIds = await findKeyIds(context.db, reach);
  const columns: Columns = { id: [], bars: [], peak: [], total: [], pace: [], lastDay: [] };
  const known: Record<number, string> = {};
  for (const [connectionId, days] of usage) {
    known[connectionId] = days.map((day) => (day?.isKnown ? '1' : '0')).join('');
    const sums = sumByKey(days, (keyId) => keyIds === null || keyIds.has(keyId));
    for (const [keyId, sum] of sums) addKey(columns, keyId, sum, paceOver(sum, days));
  }
  return { from, known, columns };
}
