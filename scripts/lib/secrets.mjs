import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The product's own secrets: the setting that names each, and its file in the data folder. */
export const secretFileNames = {
  KEYWARD_MASTER_KEY: 'master.key',
  KEYWARD_SESSION_SECRET: 'session.secret',
};

/**
 * The secret kept in a file that only its owner reads, made on first use.
 * @param {string} path
 * @param {() => string} [make]
 */
export function keepSecret(path, make = () => randomBytes(32).toString('base64')) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${make()}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    chmodSync(path, 0o600);
  }
  return readFileSync(path, 'utf8').trim();
}

/**
 * @param {string} path
 * @param {unknown} value
 */
export function writePrivateJson(path, value) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}

/**
 * The value of a JSON file, or null when there is none or it is cut off.
 * @param {string} path
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
