import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import type { KeyDay } from '@/lib/domain/keys/key-days';
import { usd } from '@/lib/domain/money/usd';
import { eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { loadKey } from './load-key';

const MOST_DAYS = 400;

type Row = { day: UtcDay; spend: string; byok: string; requests: string; state: KeyDay['state'] };

export type DayRangeInput = { readonly from: UtcDay; readonly to: UtcDay };

/** Every UTC day of a range of at most 400; throws `invalid` for a longer one. */
export function daysOfRange({ from, to }: DayRangeInput): readonly UtcDay[] {
  const days = eachDay(from, to);
  if (days.length > MOST_DAYS) throw new AppError('invalid', `Choose at most ${MOST_DAYS} days.`);
  return days;
}

/** The days of a key that the actor was found to reach, days without use and unknown days included. */
export async function readKeyDays(
  db: Queryable,
  key: { readonly id: number; readonly connectionId: number },
  range: DayRangeInput,
): Promise<readonly KeyDay[]> {
  const { rows } = await db.execute<Row>(sql`
    select d.day::text as day, d.state, coalesce(sum(f.spend), 0)::text as spend,
      coalesce(sum(f.byok_spend), 0)::text as byok, coalesce(sum(f.requests), 0)::text as requests
    from usage_days d left join usage_facts f on f.key_id = ${key.id} and f.day = d.day
    where d.connection_id = ${key.connectionId} and d.day between ${range.from} and ${range.to}
    group by d.day, d.state`);
  const known = new Map(rows.map((row) => [row.day, row]));
  return daysOfRange(range).map((day) => {
    const row = known.get(day);
    return {
      day,
      spend: usd(row?.spend ?? 0),
      byokSpend: usd(row?.byok ?? 0),
      requests: Number(row?.requests ?? 0),
      state: row?.state ?? 'missing',
    };
  });
}

/** Every UTC day of a key in a range of at most 400 days, days without use and unknown days included. */
export async function listKeyDays(
  context: ServerContext,
  input: { keyId: number; from: UtcDay; to: UtcDay },
): Promise<readonly KeyDay[]> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  daysOfRange(input);
  return readKeyDays(context.db, key, input);
}
