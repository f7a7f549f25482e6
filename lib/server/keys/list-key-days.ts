import 'server-only';
import { sql } from 'drizzle-orm';
import type { KeyDay } from '@/lib/domain/keys/key-days';
import { usd } from '@/lib/domain/money/usd';
import { eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { loadKey } from './load-key';

const MOST_DAYS = 400;

type Row = { day: UtcDay; spend: string; byok: string; requests: string; state: KeyDay['state'] };

/** Every UTC day of a key in a range of at most 400 days, days without use and unknown days included. */
export async function listKeyDays(
  context: ServerContext,
  input: { keyId: number; from: UtcDay; to: UtcDay },
): Promise<readonly KeyDay[]> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  const days = eachDay(input.from, input.to);
  if (days.length > MOST_DAYS) throw new AppError('invalid', `Choose at most ${MOST_DAYS} days.`);
  const { rows } = await context.db.execute<Row>(sql`
    select d.day::text as day, d.state, coalesce(sum(f.spend), 0)::text as spend,
      coalesce(sum(f.byok_spend), 0)::text as byok, coalesce(sum(f.requests), 0)::text as requests
    from usage_days d left join usage_facts f on f.key_id = ${key.id} and f.day = d.day
    where d.connection_id = ${key.connectionId} and d.day between ${input.from} and ${input.to}
    group by d.day, d.state`);
  const known = new Map(rows.map((row) => [row.day, row]));
  return days.map((day) => {
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
