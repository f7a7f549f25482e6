import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { createPool, type PoolSettings } from '@/lib/db/pool';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '@/scripts/lib/embedded-child.mjs';

/** A database that can be destroyed, with the settings under which the commands find it. */
export type DrillDatabase = {
  readonly kind: 'embedded' | 'server';
  readonly dataDir: string;
  /** A pool on it, started if need be; the database's own end closes it. */
  open(): Promise<Pool>;
  /** Lets go of it, as stopping Keyward does. */
  stop(): Promise<void>;
  /** Nothing of it is left; the next `open` or restore finds it empty. */
  destroy(): Promise<void>;
  /** Runs a script of the checkout on it. */
  run(script: string, args?: readonly string[]): Promise<ScriptEnd>;
};

export type ScriptEnd = { readonly code: number | null; readonly output: string };

async function runScript(
  script: string,
  args: readonly string[],
  settings: Record<string, string>,
): Promise<ScriptEnd> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', script, ...args], {
    env: { NODE_ENV: 'production', PATH, HOME, KEYWARD_AUDIT_ANCHOR_FILE: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, output };
}

export function makeFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'keyward-drill-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function embeddedDrill(dataDir: string): DrillDatabase {
  let running: { database: EmbeddedDatabase; pool: Pool } | null = null;
  const stop = async () => {
    await running?.pool.end();
    await running?.database.stop();
    running = null;
  };
  return {
    kind: 'embedded',
    dataDir,
    async open() {
      if (running) return running.pool;
      const database = await startEmbeddedDatabase({ dir: join(dataDir, 'database') });
      running = { database, pool: createPool({ url: database.url, kind: 'embedded' }) };
      return running.pool;
    },
    stop,
    async destroy() {
      await stop();
      rmSync(join(dataDir, 'database'), { recursive: true, force: true });
    },
    run: (script, args = []) =>
      runScript(script, args, { DATABASE_URL: '', KEYWARD_DATA_DIR: dataDir, KEYWARD_DATABASE_KIND: '' }),
  };
}

/** A database of its own on the server that the tests run on. */
export async function serverDrill(settings: PoolSettings, dataDir: string): Promise<DrillDatabase> {
  const name = `keyward_drill_${randomBytes(6).toString('hex')}`;
  const url = new URL(settings.url);
  url.pathname = `/${name}`;
  const onServer = async (statement: string) => {
    const pool = createPool(settings);
    await pool.query(statement);
    await pool.end();
  };
  const create = `create database ${name} encoding 'UTF8' template template0`;
  await onServer(create);
  let pool: Pool | null = null;
  const stop = async () => {
    await pool?.end();
    pool = null;
  };
  return {
    kind: 'server',
    dataDir,
    async open() {
      pool ??= createPool({ url: url.href, kind: 'server' });
      return pool;
    },
    stop,
    async destroy() {
      await stop();
      await onServer(`drop database ${name} with (force)`);
      await onServer(create);
    },
    run: (script, args = []) =>
      runScript(script, args, { DATABASE_URL: url.href, KEYWARD_DATA_DIR: dataDir }),
  };
}

/** A drill database of the kind that the tests run on. */
export function createDrill(settings: PoolSettings, dataDir: string): Promise<DrillDatabase> {
  return settings.kind === 'embedded'
    ? Promise.resolve(embeddedDrill(dataDir))
    : serverDrill(settings, dataDir);
}
