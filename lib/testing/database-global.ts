import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '@/lib/db/migrate';
import { createPool, type PoolSettings } from '@/lib/db/pool';
import { startEmbeddedDatabase } from '@/scripts/lib/embedded-child.mjs';
import { startPrivatePostgres } from './postgres-server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    testDatabase: PoolSettings;
    /** The rows that the migrations themselves insert: JSON by table. */
    seedRows: SeedRows[];
  }
}

export type SeedRows = { table: string; rows: string };

type TestServer = PoolSettings & { stop: () => Promise<void> };

async function startEmbedded(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-test-'));
  const database = await startEmbeddedDatabase({ dir: join(folder, 'database') });
  const stop = async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: database.url, kind: 'embedded', stop };
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database of its own on a server that someone else runs; dropped afterwards. */
async function createOnServer(serverUrl: string): Promise<TestServer> {
  const name = `keyward_test_${randomBytes(6).toString('hex')}`;
  await runOn(serverUrl, `create database ${name} encoding 'UTF8' template template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const stop = () => runOn(serverUrl, `drop database ${name} with (force)`);
  return { url: url.href, kind: 'server', stop };
}

async function readSeedRows(pool: pg.Pool): Promise<SeedRows[]> {
  const tables = await pool.query<{ table: string }>(
    "select format('%I.%I', schemaname, tablename) as table from pg_tables where schemaname = 'public'",
  );
  const seeds: SeedRows[] = [];
  for (const { table } of tables.rows) {
    const { rows } = await pool.query<{ rows: string | null }>(
      `select json_agg(whole)::text as rows from ${table} whole`,
    );
    seeds.push({ table, rows: rows[0]?.rows ?? '[]' });
  }
  return seeds;
}

async function startTestServer(): Promise<TestServer> {
  const wanted = process.env.KEYWARD_TEST_DATABASE || 'embedded';
  if (wanted === 'embedded') return startEmbedded();
  if (wanted !== 'postgres') {
    throw new Error(`KEYWARD_TEST_DATABASE is ${wanted}, but only embedded and postgres exist.`);
  }
  const given = process.env.TEST_DATABASE_URL;
  if (given) return createOnServer(given);
  const server = await startPrivatePostgres();
  return { url: server.url, kind: 'server', stop: server.stop };
}

/**
 * Starts one migrated database for all `.db.test.ts` files: the embedded one, or with
 * KEYWARD_TEST_DATABASE=postgres that of TEST_DATABASE_URL or a private server.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  const settings: PoolSettings = { url: server.url, kind: server.kind };
  try {
    const pool = createPool(settings);
    await migrateDatabase(pool);
    project.provide('seedRows', await readSeedRows(pool));
    await pool.end();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('testDatabase', settings);
  return server.stop;
}
