import 'server-only';
import { sql } from 'drizzle-orm';
import { type KeyModelFact, type KeyUsage, keyUsage } from '@/lib/domain/keys/key-usage';
import { usd } from '@/lib/domain/money/usd';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { type ServerContext, teamsWithinReach } from '../context';
import { isOneOf } from '../spend/spend-scope';
import { daysOfRange, readKeyDays } from './list-key-days';
import { loadKey } from './load-key';

type Row = { day: UtcDay; model: string | null; requests: string; spend: string };

/**
 * What a key did in a range of at most 400 UTC days, by model, as far as it was one of the teams within the actor's
 * reach; throws `not_found` beyond it.
 */
export async function getKeyUsage(
  context: ServerContext,
  input: { keyId: number; from: UtcDay; to: UtcDay },
): Promise<KeyUsage> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  daysOfRange(input);
  const teams = teamsWithinReach(context, 'keys.read');
  const counted = await readKeyDays(context.db, key, input, teams);
  // Model 0 stands for "not told by the provider".
  const { rows } = await context.db.execute<Row>(sql`
    select f.day::text as day, m.name as model, sum(f.requests)::text as requests, sum(f.spend)::text as spend
    from usage_facts f left join models m on m.id = f.model_id and m.id <> 0
    where f.key_id = ${key.id} and f.day between ${input.from} and ${input.to}
      and ${isOneOf('f.team_id', teams)}
    group by f.day, m.name`);
  const facts = rows.map(
    ({ day, model, requests, spend }): KeyModelFact => ({
      day,
      model,
      requests: Number(requests),
      spend: usd(spend),
    }),
  );
  return keyUsage(counted, facts);
}
