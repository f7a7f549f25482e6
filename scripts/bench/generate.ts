import type { Pool } from 'pg';
import { closeDatabase, getPool } from '@/lib/db/client';
import { requireEqualRollUps } from './require-equal-roll-ups';
import { factsOf, foundation, keyWindows, rollUps, type World, worldOf } from './world';

// Run with `node --conditions=react-server --import tsx scripts/bench/generate.ts KEYS` on a migrated database
// without connections: keys, teams and 400 days of facts, set by set. Prints one JSON object a line.

const DAYS_A_STATEMENT = 25;

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Without its second index the facts go in twice as fast. */
async function withoutKeyIndex(pool: Pool, work: () => Promise<void>): Promise<void> {
  const { rows } = await pool.query<{ name: string; definition: string }>(
    "select indexname as name, indexdef as definition from pg_indexes where tablename = 'usage_facts' and indexname not like '%pk%'",
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  await work();
  for (const { definition } of rows) await pool.query(definition);
}

async function insertFacts(pool: Pool, world: World): Promise<number> {
  let count = 0;
  const statement = factsOf(world);
  for (let from = world.days - 1; from >= 0; from -= DAYS_A_STATEMENT) {
    const { rowCount } = await pool.query(statement, [from, Math.max(0, from - DAYS_A_STATEMENT + 1)]);
    count += rowCount ?? 0;
    say({ step: 'facts', done: count });
  }
  return count;
}

async function generate(keys: number): Promise<void> {
  const pool = getPool();
  const world = worldOf(keys);
  for (const { text, values } of foundation(world)) await pool.query(text, [...(values ?? [])]);
  let facts = 0;
  await withoutKeyIndex(pool, async () => {
    facts = await insertFacts(pool, world);
  });
  say({ step: 'roll-ups' });
  for (const statement of rollUps) await pool.query(statement);
  await pool.query(keyWindows);
  await pool.query('vacuum (analyze)');
  say({ step: 'check of the roll-ups' });
  await requireEqualRollUps(pool);
  say({
    world: `${keys.toLocaleString('en')} keys, ${facts.toLocaleString('en')} facts of ${world.days} days`,
  });
}

try {
  await generate(Number(process.argv[2]));
} finally {
  await closeDatabase();
}
