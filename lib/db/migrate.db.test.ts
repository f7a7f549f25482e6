import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, inject } from 'vitest';
import { createPool } from '@/lib/db/pool';
import { testWithCommits } from '@/lib/testing/database';
import { isMigrated, MigrationError, migrateDatabase } from './migrate';

const LATER = Date.UTC(2100, 0, 1);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-migrations-'));
  cpSync('lib/db/migrations', folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

function addMigration(sql: string): void {
  const path = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8'));
  journal.entries.push({
    idx: journal.entries.length,
    version: '7',
    when: LATER,
    tag: 'later',
    breakpoints: true,
  });
  writeFileSync(path, JSON.stringify(journal));
  writeFileSync(join(folder, 'later.sql'), sql);
}

async function forgetLater(pool: Pool): Promise<void> {
  await pool.query('drop table if exists later_one, later_two');
  await pool.query('delete from drizzle.__drizzle_migrations where created_at = $1', [LATER]);
}

async function countTables(pool: Pool, names: string[]): Promise<unknown> {
  const text = 'select count(*)::int as tables from pg_tables where tablename = any($1)';
  return (await pool.query(text, [names])).rows[0]?.tables;
}

describe('migrateDatabase', () => {
  testWithCommits('has nothing to do on a database that is up to date', async ({ pool }) => {
    expect(await isMigrated(pool)).toBe(true);
    expect(await migrateDatabase(pool)).toBe(0);
  });

  testWithCommits(
    'applies a new migration once, also when two instances start together',
    async ({ pool }) => {
      addMigration(
        'create table later_one (id int);--> statement-breakpoint\ncreate table later_two (id int);',
      );
      const other = createPool(inject('testDatabase'));
      expect(await isMigrated(pool, folder)).toBe(false);
      const counts = await Promise.all([migrateDatabase(pool, folder), migrateDatabase(other, folder)]);
      await other.end();
      expect(counts.toSorted()).toEqual([0, 1]);
      expect(await isMigrated(pool, folder)).toBe(true);
      expect(await countTables(pool, ['later_one', 'later_two'])).toBe(2);
      await forgetLater(pool);
    },
  );

  testWithCommits('leaves nothing of a migration that fails half way', async ({ pool }) => {
    addMigration(
      'create table later_one (id int);--> statement-breakpoint\ncreate table later_one (id int);',
    );
    await expect(migrateDatabase(pool, folder)).rejects.toThrow('already exists');
    expect(await countTables(pool, ['later_one'])).toBe(0);
    expect(await isMigrated(pool, folder)).toBe(false);
    expect(await isMigrated(pool)).toBe(true);
  });

  testWithCommits('refuses a database that a newer version has migrated', async ({ pool }) => {
    addMigration('create table later_one (id int);');
    await migrateDatabase(pool, folder);
    await expect(migrateDatabase(pool)).rejects.toThrow('newer version of Keyward');
    await forgetLater(pool);
  });

  testWithCommits('names the folder when it holds no migrations', async ({ pool }) => {
    await expect(migrateDatabase(pool, '/nowhere')).rejects.toThrow(MigrationError);
    await expect(migrateDatabase(pool, '/nowhere')).rejects.toThrow('/nowhere');
  });
});
