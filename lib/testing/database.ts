import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import { test as base, inject } from 'vitest';
import { createDatabase, type Database } from '@/lib/db/client';
import { createPool } from '@/lib/db/pool';
import * as schema from '@/lib/db/schema';

/** Leaves what the migrations left: no row but those that they insert. */
async function resetRows(pool: Pool): Promise<void> {
  const seeds = inject('seedRows');
  await pool.query(`truncate ${seeds.map((seed) => seed.table).join(', ')} restart identity cascade`);
  for (const { table, rows } of seeds.filter((seed) => seed.rows !== '[]')) {
    await pool.query(
      `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1)`,
      [rows],
    );
  }
}

async function useRolledBack(pool: Pool, use: (db: Database) => Promise<void>): Promise<void> {
  const connection: PoolClient = await pool.connect();
  class RollBack extends Error {}
  try {
    await drizzle(connection, { schema }).transaction(async (transaction) => {
      await use(transaction);
      throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  } finally {
    connection.release();
  }
}

type PoolFixture = { $file: { pool: Pool } };

const testWithPool = base.extend<PoolFixture>({
  pool: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      const pool = createPool(inject('testDatabase'));
      await use(pool);
      await pool.end();
    },
    { scope: 'file' },
  ],
});

/**
 * A test with `db`, a database whose every write is rolled back at the end. Transactions that the tested code
 * opens become savepoints. A statement that fails outside of one fails the rest of the test, as in PostgreSQL.
 */
export const testWithDatabase = testWithPool.extend<{ db: Database }>({
  db: async ({ pool }, use) => useRolledBack(pool, use),
});

/**
 * A test with `db` and `pool` that really commit, for what needs several transactions at once, such as jobs.
 * All rows but those of the migrations are deleted before and after; slower than `testWithDatabase`.
 */
export const testWithCommits = testWithPool.extend<{ db: Database }>({
  db: async ({ pool }, use) => {
    await resetRows(pool);
    await use(createDatabase(pool));
    await resetRows(pool);
  },
});
