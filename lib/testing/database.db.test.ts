import { describe, expect, inject } from 'vitest';
import { auditHead, users } from '@/lib/db/schema';
import { testWithCommits, testWithDatabase } from './database';

const person = { email: 'someone@example.com', name: 'Someone', role: 'admin' } as const;

describe('testWithDatabase', () => {
  for (const round of [1, 2]) {
    testWithDatabase(`starts empty and rolls back, round ${round}`, async ({ db }) => {
      expect(await db.$count(users)).toBe(0);
      await db.insert(users).values(person);
      expect(await db.$count(users)).toBe(1);
    });
  }

  testWithDatabase('turns transactions of the tested code into savepoints', async ({ db }) => {
    await db.transaction((tx) => tx.insert(users).values(person));
    const doubled = db.transaction((tx) => tx.insert(users).values(person));
    await expect(doubled).rejects.toMatchObject({ cause: { code: '23505' } });
    expect(await db.$count(users)).toBe(1);
  });
});

describe('testWithCommits', () => {
  for (const round of [1, 2]) {
    testWithCommits(`commits, and leaves nothing to the next, round ${round}`, async ({ db, pool }) => {
      expect(await db.$count(users)).toBe(0);
      await db.insert(users).values(person);
      expect((await pool.query('select email from users')).rows).toEqual([{ email: person.email }]);
    });
  }

  testWithCommits('keeps the rows that the migrations insert', async ({ db }) => {
    const [head] = await db.select().from(auditHead);
    expect(head).toEqual({ id: 1, seq: 0, hash: Buffer.alloc(32) });
  });

  testWithCommits('runs on the wanted kind of database', async ({ pool }) => {
    const { rows } = await pool.query('select version() as version');
    expect(String(rows[0]?.version).includes('PGlite')).toBe(inject('testDatabase').kind === 'embedded');
  });
});
