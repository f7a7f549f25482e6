import { sql } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { usd } from '@/lib/domain/money/usd';
import { addDays, eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import { reattributeUsage } from '@/lib/server/usage/reattribute-usage';
import { storeUsage } from '@/lib/server/usage/store-usage';
import { createTestContext } from './context';
import { insertConnection, insertKey, insertTeam, usageFact, utcDay } from './factories';

export const spendWorldNow = new Date('2026-11-19T10:00:00Z');
const TODAY = utcDay('2026-11-19');
const KEYS = 9;

/** Amounts with many decimals, other ones for each key, day and model. */
function amountOf(key: number, day: number, model: number): string {
  return `${(key * 37 + day * 11 + model * 5) % 23}.${String((key * 104_729 + day * 7919 + model * 31) % 1_000_000_000).padStart(9, '0')}`;
}

function factsOf(names: readonly string[], days: readonly UtcDay[], lift = 0): UsageFact[] {
  return days.flatMap((day, at) =>
    names.flatMap((keyExternalId, key) =>
      ['openai/gpt-5', 'anthropic/claude', null].map((model, place) =>
        usageFact({
          keyExternalId,
          day,
          model,
          requests: key + place + 1,
          spend: usd(amountOf(key + lift, at, place)),
        }),
      ),
    ),
  );
}

type Stored = {
  readonly connectionId: number;
  readonly facts: readonly UsageFact[];
  readonly readAt: string;
};

async function store(db: Database, { connectionId, facts, readAt }: Stored, days: readonly UtcDay[]) {
  const [from, to] = [days[0], days.at(-1)];
  if (!from || !to) throw new Error('a window has days');
  await storeUsage(createTestContext(db, { now: spendWorldNow }), {
    connectionId,
    window: { from, to },
    batch: { facts, coveredDays: days, source: 'analytics', gap: null, missingKeys: [] },
    askedKeyIds: [],
    readAt: new Date(readAt),
  });
}

/**
 * Two connections, three teams and nine keys each, read from 1 September to today, 19 November 2026: three days
 * of the second connection are missing, two days were restated, and a key changed its team on 10 November.
 */
export async function insertSpendWorld(db: Database) {
  const first = await insertConnection(db, { name: 'First' });
  const second = await insertConnection(db, { name: 'Second', provider: 'requesty' });
  const teams = [await insertTeam(db, { name: 'Alpha' }), await insertTeam(db, { name: 'Beta' })] as const;
  const owners = [teams[0].id, teams[1].id, null];
  const names = Array.from({ length: KEYS }, (_, at) => `external-${at}`);
  const keys = [];
  for (const connection of [first, second]) {
    for (const [at, externalId] of names.entries()) {
      const teamId = owners[at % 3] ?? null;
      keys.push(
        await insertKey(db, { connectionId: connection.id, externalId, name: `=${externalId}`, teamId }),
      );
    }
  }
  const days = eachDay(utcDay('2026-09-01'), TODAY);
  const missing = eachDay(utcDay('2026-11-12'), utcDay('2026-11-14'));
  const known = days.filter((day) => !missing.includes(day));
  const readAt = spendWorldNow.toISOString();
  await store(db, { connectionId: first.id, facts: factsOf(names, days), readAt }, days);
  await store(db, { connectionId: second.id, facts: factsOf(names, known, 3), readAt }, known);
  const restated = [utcDay('2026-10-03'), utcDay('2026-11-08')];
  await store(db, { connectionId: first.id, facts: factsOf(names, restated, 11), readAt }, restated);
  const moved = keys[0];
  if (!moved) throw new Error('no key');
  await db.transaction((tx) =>
    reattributeUsage(tx, { keyIds: [moved.id], teamId: teams[1].id, from: utcDay('2026-11-10') }),
  );
  await db.execute(sql`update keys set team_id = ${teams[1].id} where id = ${moved.id}`);
  return {
    first,
    second,
    alpha: teams[0],
    beta: teams[1],
    keys,
    today: TODAY,
    yesterday: addDays(TODAY, -1),
  };
}
