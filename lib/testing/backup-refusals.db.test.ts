import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDrill, type DrillDatabase, makeFolder } from './backup-drill';
import { backUp, digestTables, fillDatabase, restore } from './backup-world';

const isServer = inject('testDatabase').kind === 'server';
let folder: ReturnType<typeof makeFolder>;
let drill: DrillDatabase;
let pool: Pool;
let file: string;
let lines: string[];

beforeAll(async () => {
  folder = makeFolder();
  drill = await createDrill(inject('testDatabase'), join(folder.path, 'data'));
  pool = await drill.open();
  await fillDatabase(pool, randomBytes(32), 1_000);
  file = join(folder.path, 'good.backup');
  await backUp(pool, file);
  lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
});

afterAll(async () => {
  await drill.destroy();
  folder.remove();
});

function altered(change: (lines: string[]) => string[]): string {
  const path = join(folder.path, 'altered.backup');
  writeFileSync(path, gzipSync(change([...lines]).join('\n')));
  return path;
}

/** The line of a table's row; the first one unless said otherwise. */
const rowOf = (table: string) =>
  lines.findIndex((line) => line.startsWith(`{"table":"${table}","columns"`)) + 1;
const withHeader = (change: (header: { migrations: object[]; version: number }) => void) =>
  altered(([first = '', ...rest]) => {
    const header = JSON.parse(first);
    change(header);
    return [JSON.stringify(header), ...rest];
  });

describe('a restore', () => {
  test('refuses a database that is not empty, and says what is there', async () => {
    const before = await digestTables(pool);
    await expect(restore(pool, file)).rejects.toMatchObject({
      message: expect.stringContaining('--force'),
      details: expect.arrayContaining([expect.stringMatching(/^usage_facts +1,000 rows$/)]),
    });
    expect(await digestTables(pool)).toEqual(before);
  });

  test('replaces all of it when forced, the queue included', async () => {
    await pool.query('create schema pgboss');
    await pool.query('create table pgboss.job (id int)');
    await pool.query("insert into models (name) values ('made after the backup')");
    const { counts } = await restore(pool, file, true);
    expect(counts.get('usage_facts')).toBe(1_000);
    const { rows } = await pool.query(
      "select (select count(*) from models where name like 'made after%') as models, to_regclass('pgboss.job') as job",
    );
    expect(rows).toEqual([{ models: 0, job: null }]);
  });

  test.for([
    [
      'a value that was changed',
      () =>
        altered((all) => all.with(rowOf('users'), (all[rowOf('users')] ?? '').replace('Person', 'Persom'))),
      'checksum',
    ],
    [
      'a row that was taken out',
      () => altered((all) => all.toSpliced(rowOf('usage_facts'), 1)),
      'usage_facts should have 1000 rows',
    ],
    [
      'a row without its values',
      () => altered((all) => all.with(rowOf('usage_facts') + 500, '1')),
      /wrong number of values|missing data for column/,
    ],
    ['an end that is missing', () => altered((all) => all.slice(0, -2)), 'cut off'],
    [
      'a table that is missing',
      () => altered((all) => all.toSpliced(rowOf('audit_anchors') - 1, 3)),
      'audit_anchors',
    ],
    [
      'a newer migration',
      () => withHeader((header) => header.migrations.push({ when: 4_102_444_800_000, hash: 'x' })),
      'newer version',
    ],
    [
      'a newer format',
      () =>
        withHeader((header) => {
          header.version += 1;
        }),
      'newer version',
    ],
  ] as const)('refuses %s, and leaves what was there', { timeout: 60_000 }, async ([, make, words]) => {
    const before = await digestTables(pool);
    await expect(restore(pool, make(), true)).rejects.toThrow(words);
    expect(await digestTables(pool)).toEqual(before);
  });

  test('refuses a file that ends in the middle, and one that is no backup', async () => {
    const bytes = readFileSync(file);
    const path = join(folder.path, 'cut.backup');
    writeFileSync(path, bytes.subarray(0, bytes.length - 200));
    await expect(restore(pool, path, true)).rejects.toThrow('cut off');
    writeFileSync(path, 'no backup');
    await expect(restore(pool, path, true)).rejects.toThrow('no backup of Keyward');
    await expect(restore(pool, join(folder.path, 'nothing'), true)).rejects.toThrow('There is no file');
  });

  test('touches nothing that is not Keyward’s', async () => {
    await pool.query('create table accounting (id int)');
    await expect(restore(pool, file, true)).rejects.toMatchObject({
      message: expect.stringContaining('does not know'),
      details: ['accounting'],
    });
    await pool.query('drop table accounting');
  });

  if (isServer) {
    test('refuses while Keyward is connected', async () => {
      const other = await pool.connect();
      await expect(restore(pool, file, true)).rejects.toThrow('Stop every instance');
      other.release(true);
    });
  } else {
    test('refuses an embedded database that is running', { timeout: 60_000 }, async () => {
      const { code, output } = await drill.run('scripts/restore.ts', ['--from', file, '--force']);
      expect(code).toBe(1);
      expect(output).toContain('Stop it first');
    });
  }
});

describe('a backup', () => {
  test('never overwrites a file, and leaves none when it fails', async () => {
    const before = readFileSync(file);
    await expect(backUp(pool, file)).rejects.toThrow('exists already');
    expect(readFileSync(file).equals(before)).toBe(true);
    const path = join(folder.path, 'new.backup');
    await pool.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      'x',
      4e12,
    ]);
    await expect(backUp(pool, path)).rejects.toThrow('newer version');
    await pool.query('delete from drizzle.__drizzle_migrations where created_at = $1', [4e12]);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder.path).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});
