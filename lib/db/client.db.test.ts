import { eq, sql } from 'drizzle-orm';
import { describe, expect, inject } from 'vitest';
import { createDatabase } from '@/lib/db/client';
import { createPool } from '@/lib/db/pool';
import { users } from '@/lib/db/schema';
import { testWithCommits, testWithDatabase } from '@/lib/testing/database';

const TYPED = sql`select 9007199254740991::bigint as whole, array[1, null, 2]::bigint[] as wholes,
  '{}'::bigint[] as none, 0.1000::numeric as exact, date '2026-02-28' as day,
  timestamptz '2026-02-28 23:30:00+00' as instant, date_trunc('day', timestamptz '2026-02-28 23:30+00') as start`;

const READ = {
  whole: Number.MAX_SAFE_INTEGER,
  wholes: [1, null, 2],
  none: [],
  exact: '0.1000',
  day: '2026-02-28',
  instant: new Date('2026-02-28T23:30:00Z'),
  start: new Date('2026-02-28T00:00:00Z'),
};

describe('the types of a row', () => {
  testWithCommits(
    'are the same through the pool, drizzle and a transaction, in UTC',
    async ({ pool, db }) => {
      const text = "select 1::bigint as whole, 1.50::numeric as exact, date '2026-02-28' as day";
      expect((await pool.query(text)).rows).toEqual([{ whole: 1, exact: '1.50', day: '2026-02-28' }]);
      expect((await db.execute(TYPED)).rows).toEqual([READ]);
      expect((await db.transaction((tx) => tx.execute(TYPED))).rows).toEqual([READ]);
    },
  );

  testWithDatabase('hold for computed columns of a typed select too', async ({ db }) => {
    await db.insert(users).values({ email: 'a@example.com', name: 'A', role: 'admin' });
    const rows = await db
      .select({
        count: sql<number>`count(*)`,
        last: sql<Date>`max(${users.createdAt})`,
        day: sql<string>`max(${users.createdAt})::date`,
      })
      .from(users);
    expect(rows[0]?.count).toBe(1);
    expect(rows[0]?.last).toBeInstanceOf(Date);
    expect(rows[0]?.day).toMatch(/^\d{4}-\d\d-\d\d$/);
    const [user] = await db.select().from(users).where(eq(users.email, 'a@example.com'));
    expect(user?.createdAt).toEqual(rows[0]?.last);
  });

  testWithDatabase('never round: a bigint beyond exact numbers is an error', async ({ db }) => {
    await expect(db.execute(sql`select 9007199254740993::bigint as whole`)).rejects.toMatchObject({
      cause: expect.any(RangeError),
    });
  });
});

describe('a transaction', () => {
  testWithCommits('commits as a whole or not at all', async ({ db }) => {
    const failing = db.transaction(async (tx) => {
      await tx.insert(users).values({ email: 'a@example.com', name: 'A', role: 'admin' });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.$count(users)).toBe(0);
    await db.transaction((tx) =>
      tx.insert(users).values({ email: 'b@example.com', name: 'B', role: 'lead' }),
    );
    expect(await db.$count(users)).toBe(1);
  });

  testWithCommits('gives its connection back when it cannot even begin', async ({ db, pool }) => {
    for (let round = 0; round < pool.options.max + 1; round += 1) {
      const broken = db.transaction(async (tx) => tx.execute(sql`select 1`), {
        isolationLevel: Object('no such level'),
      });
      await expect(broken).rejects.toThrow();
    }
    expect(pool.idleCount).toBe(pool.totalCount);
    expect(await db.$count(users)).toBe(0);
  });
});

describe('a pool', () => {
  testWithCommits('fails, and does not hang, when it is used inside its own only transaction', async () => {
    const pool = createPool({ ...inject('testDatabase'), kind: 'embedded' });
    pool.options.connectionTimeoutMillis = 200;
    const db = createDatabase(pool);
    const nested = db.transaction(async () => db.execute(sql`select 1`));
    await expect(nested).rejects.toThrow();
    expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });
});
