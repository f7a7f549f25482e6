import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createDatabase, type Database } from '@/lib/db/client';
import { migrateDatabase } from '@/lib/db/migrate';
import { createPool } from '@/lib/db/pool';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../lib/embedded-child.mjs';

/** The database of a campaign. */
export type Place = {
  readonly url: string;
  readonly kind: 'embedded' | 'server';
  /** For looking; never used while the database is down. */
  readonly db: Database;
  readonly description: string;
  /** Ends the embedded database with SIGKILL; does nothing on a server. */
  kill(): Promise<boolean>;
  /** Starts a killed one again, on the same address. */
  revive(): Promise<void>;
  close(): Promise<void>;
};

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** An embedded database in a folder of the campaign, or a fresh one on the given server; migrated. */
export async function openPlace(serverUrl: string, folder: string): Promise<Place> {
  return serverUrl === '' ? openEmbedded(folder) : openOnServer(serverUrl);
}

async function openEmbedded(folder: string): Promise<Place> {
  const dir = join(folder, 'database');
  let child: EmbeddedDatabase | null = await startEmbeddedDatabase({ dir });
  const { url } = child;
  const pool = createPool({ url, kind: 'embedded', waitMs: 180_000 });
  await migrateDatabase(pool);
  return {
    url,
    kind: 'embedded',
    db: createDatabase(pool),
    description: 'embedded database',
    async kill() {
      if (child === null) return false;
      const { pid, exited } = child;
      child = null;
      process.kill(pid, 'SIGKILL');
      await exited;
      return true;
    },
    async revive() {
      if (child !== null) return;
      child = await startEmbeddedDatabase({ dir });
      if (child.url !== url) throw new Error('the embedded database came back on another address');
      await untilItAnswers(() => pool.query('select 1'));
    },
    async close() {
      await pool.end();
      await child?.stop();
    },
  };
}

/** The first question after a restart may meet the dead connection. */
async function untilItAnswers(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await ask();
      return;
    } catch (error) {
      if (tries === 20) throw error;
      await sleep(100);
    }
  }
}

async function openOnServer(serverUrl: string): Promise<Place> {
  const name = `keyward_campaign_${randomBytes(6).toString('hex')}`;
  await runOn(serverUrl, `create database ${name} encoding 'UTF8' template template0`);
  const own = new URL(serverUrl);
  own.pathname = `/${name}`;
  const pool = createPool({ url: own.href, kind: 'server', waitMs: 180_000 });
  await migrateDatabase(pool);
  const { rows } = await pool.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  return {
    url: own.href,
    kind: 'server',
    db: createDatabase(pool),
    description: `PostgreSQL ${rows[0]?.version ?? ''}, two instances`,
    kill: async () => false,
    revive: async () => undefined,
    async close() {
      await pool.end();
      await runOn(serverUrl, `drop database ${name} with (force)`);
    },
  };
}
