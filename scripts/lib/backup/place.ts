import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type pg from 'pg';
import { createPool } from '@/lib/db/pool';
import { auditAnchorFile, type EnvSource } from '@/lib/env';
import { EmbeddedDatabaseError, startEmbeddedDatabase } from '../embedded-child.mjs';
import { isHeld, lockPathOf, readLock } from '../embedded-lock.mjs';
import { socketUrl } from '../embedded-server.mjs';
import { Fault } from '../fault.mjs';
import { inRoot } from '../paths.mjs';

/** Where a database is. `anchorFile` is that of its own installation; null when it is not known here. */
export type Place = (
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'embedded'; readonly dataDir: string }
) & { readonly anchorFile: string | null };

export type OpenPlace = {
  /** Of one connection: the embedded database has one session, and nobody here needs a second one. */
  readonly pool: pg.Pool;
  /** In words, without a password. */
  readonly name: string;
  close(): Promise<void>;
};

const ANCHORS = 'audit-anchors.jsonl';

/** The database that the options name, else the one that `npm start` would use with these settings. */
export function choosePlace(given: { url?: string; dataDir?: string }, env: EnvSource): Place {
  if (given.url && given.dataDir)
    throw new Fault('Name one database: an address or a data folder, not both.');
  const configuredDir = resolve(env.KEYWARD_DATA_DIR?.trim() || inRoot('.data'));
  const configuredUrl = env.DATABASE_URL?.trim();
  const configuredAnchors = auditAnchorFile({ ...env, KEYWARD_DATA_DIR: configuredDir });
  if (given.url) {
    if (!/^postgres(ql)?:\/\//.test(given.url))
      throw new Fault('The address is not of the form postgres://…');
    return {
      kind: 'server',
      url: given.url,
      anchorFile: given.url === configuredUrl ? configuredAnchors : null,
    };
  }
  if (given.dataDir) {
    const dataDir = resolve(given.dataDir);
    const isConfigured = dataDir === configuredDir && !configuredUrl;
    return {
      kind: 'embedded',
      dataDir,
      anchorFile: isConfigured ? configuredAnchors : join(dataDir, ANCHORS),
    };
  }
  if (configuredUrl) return { kind: 'server', url: configuredUrl, anchorFile: configuredAnchors };
  return { kind: 'embedded', dataDir: configuredDir, anchorFile: configuredAnchors };
}

function addressUrl(address: { path: string } | { host: string; port: number }): string {
  if ('path' in address) return socketUrl(dirname(address.path));
  return `postgres://keyward@${address.host}:${address.port}/postgres?sslmode=disable`;
}

/** The address of the process that has the folder open; null when none has. */
async function findRunning(dir: string): Promise<string | null> {
  const lock = readLock(lockPathOf(dir));
  if (lock === null || !(await isHeld(lock.owner, lock.ageMs))) return null;
  if (lock.owner.address) return addressUrl(lock.owner.address);
  throw new Fault(
    `The database in ${dir} is being opened by process ${lock.owner.pid}. Try again in a moment.`,
  );
}

async function startOwn(dir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  try {
    return await startEmbeddedDatabase({ dir });
  } catch (error) {
    if (error instanceof EmbeddedDatabaseError) throw new Fault(error.message);
    throw error;
  }
}

async function openEmbedded(dataDir: string, access: 'share' | 'alone'): Promise<OpenPlace> {
  const dir = join(dataDir, 'database');
  const name = `the embedded database in ${dir}`;
  const runningUrl = await findRunning(dir);
  if (runningUrl !== null && access === 'alone') {
    throw new Fault(`Keyward is running on ${dir}. Stop it first.`);
  }
  if (runningUrl !== null) {
    const pool = createPool({ url: runningUrl, kind: 'embedded' });
    return { pool, name, close: () => pool.end() };
  }
  if (access === 'share' && !existsSync(dir)) throw new Fault(`There is no database in ${dir}.`);
  const database = await startOwn(dir);
  const pool = createPool({ url: database.url, kind: 'embedded' });
  const close = async () => {
    await pool.end();
    await database.stop();
  };
  return { pool, name, close };
}

/**
 * Opens a database for one command. `share`: a running embedded one is asked for one more connection, and one that
 * does not run is opened meanwhile. `alone`: fails while Keyward runs on it, and makes an embedded one that is not
 * there.
 */
export async function openPlace(place: Place, access: 'share' | 'alone'): Promise<OpenPlace> {
  if (place.kind === 'embedded') return openEmbedded(place.dataDir, access);
  const pool = createPool({ url: place.url, kind: 'embedded' });
  const { pathname, host } = new URL(place.url);
  const name = `the database ${pathname.slice(1)} on ${host || 'this machine'}`;
  return { pool, name, close: () => pool.end() };
}
