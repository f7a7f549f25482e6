import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { inRoot } from '../lib/paths.mjs';
import { startDatabase } from '../lib/services.mjs';

/** @param {string} url */
export async function connect(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function runOn(url, statement) {
  const client = await connect(url);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A database of its own on the server that `url` names. It is dropped when the process ends, whichever way.
 * @param {string} url
 */
async function createOnServer(url) {
  const name = `keyward_bench_${randomBytes(6).toString('hex')}`;
  await runOn(url, `create database ${name}`);
  process.once('exit', () => {
    const args = [inRoot('scripts/bench/drop-database.mjs'), name];
    spawnSync(process.execPath, args, { env: { ...process.env, DATABASE_URL: url }, stdio: 'inherit' });
  });
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, kind: 'server' };
}

/**
 * @param {import('../lib/supervisor.mjs').Supervisor} supervisor
 * @param {string} dataDir
 * @returns {Promise<{ url: string, kind: 'embedded' | 'server' }>}
 */
export async function openBenchDatabase(supervisor, dataDir) {
  const { DATABASE_URL: server } = process.env;
  if (server) return createOnServer(server);
  const { url } = await startDatabase(supervisor, { dataDir });
  return { url, kind: 'embedded' };
}

/**
 * Kind and version, and whether it waits for its disk.
 * @param {{ url: string, kind: 'embedded' | 'server' }} database
 */
export async function describeDatabase({ url, kind }) {
  const client = await connect(url);
  try {
    const { rows } = await client.query(
      "select current_setting('server_version') as version, current_setting('fsync') as fsync",
    );
    const { version, fsync } = rows[0];
    if (kind === 'embedded') return `embedded database (PostgreSQL ${version})`;
    return `PostgreSQL ${version}, fsync ${fsync}`;
  } finally {
    await client.end();
  }
}
