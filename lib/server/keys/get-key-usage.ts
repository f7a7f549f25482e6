import 'server-only';
import { sql } from 'drizzle-orm';
import { type KeyModelFact, type KeyUsage, keyUsage } from '@/lib/domain/keys/key-usage';
import { usd } from '@/lib/domain/money/usd';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { ServerContext } from '../context';
import { daysOfRange, readKeyDays } from './list-key-days';
import { loadKey } from './load-key';

type Row = { day: UtcDay; model: string | null; requests: string; spend: string };

/** What a key did in a range of at most 400 UTC days, by model; throws `not_found` beyond the actor's reach. */
export async function getKeyUsage(
  context: ServerContext,
  input: { keyId: number; from: UtcDay; to: UtcDay },
): Promise<KeyUsage> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  daysOfRange(input);
  const days = await readKeyDays(context.db, key, input);
  // Model 0 stands for "not told by the provider".
  const { rows } = await context.db.execute<Row>(sql`
    select f.day::text as day, m.name as model, sum(f.requests)::text as requests, sum(f.spend)::text as spend
    from usage_facts f left join models m on m.id = f.model_id and m.id <> 0
    where f.key_id = ${key.id} and f.day between ${input.from} and ${input.to}
    group by f.day, m.name`);
  const facts = rows.map(
    ({ day, model, requests, spend }): KeyModelFact => ({
      day,
      model,
      requests: Number(requests),
      spend: usd(spend),
    }),
  );
  return keyUsage(days, facts);
}
