import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded-child.mjs';
import { findProcess } from './embedded-lock.mjs';

const SLOW = 30_000;

let folder: string;
let dir: string;
let database: EmbeddedDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-embedded-'));
  dir = join(folder, 'database');
  database = await startEmbeddedDatabase({ dir });
}, SLOW);

afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true });
}, SLOW);

async function query(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function waitUntilEnded(pid: number): Promise<void> {
  await expect.poll(() => findProcess(pid).isAlive, { timeout: 10_000 }).toBe(false);
}

describe('the embedded database', () => {
  it('is PostgreSQL behind a socket that only this user reaches', async () => {
    expect(await query('select $1::int + 1 as sum', [41])).toEqual([{ sum: 42 }]);
    for (const path of [dir, join(folder, 'run')]) expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'run/.s.PGSQL.5432')).mode & 0o777).toBe(0o600);
  });

  it('is refused to a second process with exit code 3', async () => {
    await expect(startEmbeddedDatabase({ dir })).rejects.toMatchObject({
      exitCode: 3,
      message: `The database folder ${dir} is in use by process ${database.pid}; stop that one first.`,
    });
  });

  it('keeps the messages of several connections apart', async () => {
    await query('create table counters (id int primary key, n int not null)');
    await query('insert into counters values (1, 0)');
    const pool = new pg.Pool({ connectionString: database.url, max: 4 });
    const mismatches: unknown[] = [];
    const work = async (worker: number) => {
      for (let round = 0; round < 30; round += 1) {
        const sent = `${worker}-${round}-${'x'.repeat(round * 200)}`;
        const got = await pool.query('select $1::text as text, $2::int as worker', [sent, worker]);
        if (got.rows[0].text !== sent || got.rows[0].worker !== worker) mismatches.push(got.rows[0]);
        const client = await pool.connect();
        await client.query('begin');
        const { rows } = await client.query('select n from counters where id = $1', [1]);
        await client.query('update counters set n = $2 where id = $1', [1, rows[0].n + 1]);
        await client.query('commit');
        client.release();
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(work));
    await pool.end();
    expect(mismatches).toEqual([]);
    expect(await query('select n from counters')).toEqual([{ n: 180 }]);
  });

  it('rolls back what a dropped connection left open', async () => {
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    const socket = client.connection.stream;
    await client.query('begin');
    await client.query('update counters set n = -1');
    socket.destroy();
    expect(await query('select count(*)::int as negative from counters where n < 0')).toEqual([
      { negative: 0 },
    ]);
  });

  it('loses nothing committed when it is killed, and opens again', async () => {
    await query('create table kept (id int)');
    await query('insert into kept select generate_series(1, 1000)');
    process.kill(database.pid, 'SIGKILL');
    await database.exited;
    expect(existsSync(`${dir}.lock`)).toBe(true);
    database = await startEmbeddedDatabase({ dir });
    expect(await query('select count(*)::int as rows from kept')).toEqual([{ rows: 1000 }]);
  }, 30_000);

  it('ends on SIGTERM, and its lock and socket with it', async () => {
    await database.stop();
    expect(await database.exited).toBe(0);
    expect(existsSync(`${dir}.lock`)).toBe(false);
    expect(existsSync(join(folder, 'run/.s.PGSQL.5432'))).toBe(false);
    database = await startEmbeddedDatabase({ dir });
  }, 30_000);

  it('ends when the process that started it is killed', async () => {
    await database.stop();
    const module = JSON.stringify(new URL('./embedded-child.mjs', import.meta.url).href);
    const code = `import { startEmbeddedDatabase } from ${module};
      const database = await startEmbeddedDatabase({ dir: ${JSON.stringify(dir)} });
      console.log(database.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', code]);
    const [output] = await once(parent.stdout, 'data');
    const pid = Number(String(output));
    expect(findProcess(pid).isAlive).toBe(true);
    parent.kill('SIGKILL');
    await waitUntilEnded(pid);
    expect(existsSync(`${dir}.lock`)).toBe(false);
    database = await startEmbeddedDatabase({ dir });
  }, 30_000);
});

describe('a new embedded database', () => {
  it('is made anew where a first start was killed half way, at a path too long for a socket', async () => {
    const far = join(folder, 'a-folder-with-a-long-name'.repeat(4), 'database');
    mkdirSync(far, { recursive: true });
    writeFileSync(join(far, 'PG_VERSION'), '18');
    writeFileSync(`${far}.unfinished`, '');
    const other = await startEmbeddedDatabase({ dir: far });
    const client = new pg.Client({ connectionString: other.url });
    await client.connect();
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await client.end();
    expect(existsSync(`${far}.unfinished`)).toBe(false);
    const socketFolder = new URL(other.url).searchParams.get('host') ?? '';
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    await other.stop();
    expect(existsSync(socketFolder)).toBe(false);
  }, 30_000);
});
