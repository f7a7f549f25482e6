import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import type { CountedDays, KeyDay } from '@/lib/domain/keys/key-days';
import { usd } from '@/lib/domain/money/usd';
import { eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import { type ServerContext, teamsWithinReach } from '../context';
import { AppError } from '../errors';
import { isOneOf } from '../spend/spend-scope';
import { loadKey } from './load-key';

const MOST_DAYS = 400;

type Row = {
  day: UtcDay;
  spend: string;
  byok: string;
  requests: string;
  state: KeyDay['state'];
  hasOther: boolean;
};

export type DayRangeInput = { readonly from: UtcDay; readonly to: UtcDay };

/** Every UTC day of a range of at most 400; throws `invalid` for a longer one. */
export function daysOfRange({ from, to }: DayRangeInput): readonly UtcDay[] {
  const days = eachDay(from, to);
  if (days.length > MOST_DAYS) throw new AppError('invalid', `Choose at most ${MOST_DAYS} days.`);
  return days;
}

/**
 * The days of a key that the actor was found to reach, days without use and unknown days included. What counts is
 * what it did as one of `teams`; null for all, as the provider's limit counts.
 */
export async function readKeyDays(
  db: Queryable,
  key: { readonly id: number; readonly connectionId: number },
  range: DayRangeInput,
  teams: readonly number[] | null,
): Promise<CountedDays> {
  const counts = isOneOf('f.team_id', teams);
  const sum = (column: string) =>
    sql`coalesce(sum(${sql.raw(`f.${column}`)}) filter (where ${counts}), 0)::text`;
  const { rows } = await db.execute<Row>(sql`
    select d.day::text as day, d.state, ${sum('spend')} as spend, ${sum('byok_spend')} as byok,
      ${sum('requests')} as requests, coalesce(bool_or(not ${counts}), false) as "hasOther"
    from usage_days d left join usage_facts f on f.key_id = ${key.id} and f.day = d.day
    where d.connection_id = ${key.connectionId} and d.day between ${range.from} and ${range.to}
    group by d.day, d.state`);
  const known = new Map(rows.map((row) => [row.day, row]));
  const days = daysOfRange(range).map((day) => {
    const row = known.get(day);
    return {
      day,
      spend: usd(row?.spend ?? 0),
      byokSpend: usd(row?.byok ?? 0),
      requests: Number(row?.requests ?? 0),
      state: row?.state ?? ('missing' as const),
    };
  });
  return { days, otherDays: rows.filter(({ hasOther }) => hasOther).map(({ day }) => day) };
}

/**
 * Every UTC day of a key in a range of at most 400 days, days without use and unknown days included: as far as the key
 * was one of the teams within the actor's reach.
 */
export async function listKeyDays(
  context: ServerContext,
  input: { keyId: number; from: UtcDay; to: UtcDay },
): Promise<readonly KeyDay[]> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  daysOfRange(input);
  const teams = teamsWithinReach(context, 'keys.read');
  return (await readKeyDays(context.db, key, input, teams)).days;
}
