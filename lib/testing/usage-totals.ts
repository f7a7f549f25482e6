import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Queryable } from '@/lib/db/client';

const SUMS = sql.raw(
  ['requests', 'prompt_tokens', 'completion_tokens', 'reasoning_tokens', 'spend', 'byok_spend']
    .map((name) => `trim_scale(sum(${name}))::text as ${name}`)
    .join(', '),
);
const AS_THEY_ARE = sql.raw(
  ['requests', 'prompt_tokens', 'completion_tokens', 'reasoning_tokens', 'spend', 'byok_spend']
    .map((name) => `trim_scale(${name}::numeric)::text as ${name}`)
    .join(', '),
);

/** Every roll-up holds exactly what the facts add up to, and no row more. */
export async function expectRollUpsToEqualFacts(db: Queryable): Promise<void> {
  const rows = async (query: ReturnType<typeof sql>) => (await db.execute(query)).rows;
  expect(
    await rows(
      sql`select day, connection_id, team_id, model_id, ${AS_THEY_ARE} from usage_by_day order by 1, 2, 3, 4`,
    ),
  ).toEqual(
    await rows(sql`
      select day, connection_id, team_id, model_id, ${SUMS} from usage_facts group by 1, 2, 3, 4 order by 1, 2, 3, 4`),
  );
  expect(
    await rows(sql`
      select dimension, day, connection_id, member_id, ${AS_THEY_ARE} from usage_by_dimension order by 1, 2, 3, 4`),
  ).toEqual(
    await rows(sql`
      select dimension, day, connection_id, member_id, ${SUMS} from (
        select 'connection' as dimension, connection_id as member_id, f.* from usage_facts f
        union all select 'model', model_id, f.* from usage_facts f
        union all select 'team', team_id, f.* from usage_facts f
      ) each group by 1, 2, 3, 4 order by 1, 2, 3, 4`),
  );
  expect(
    await rows(sql`
      select month, connection_id, key_id, team_id, ${AS_THEY_ARE} from usage_by_key_month order by 1, 2, 3, 4`),
  ).toEqual(
    await rows(sql`
      select date_trunc('month', day::timestamp)::date as month, connection_id, key_id, team_id, ${SUMS}
      from usage_facts group by 1, 2, 3, 4 order by 1, 2, 3, 4`),
  );
}
