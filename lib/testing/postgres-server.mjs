import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Node's built-ins only, so that scripts can use it before the first install.

const DEBIAN_ROOT = '/usr/lib/postgresql';
const START_WITHIN_MS = 30_000;

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function debianFolders() {
  try {
    const versions = readdirSync(DEBIAN_ROOT).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(DEBIAN_ROOT, version, 'bin'));
  } catch {
    return [];
  }
}

/** The folder with `initdb` and `postgres`: the newest of Debian's, else one on PATH, else null. */
export function findPostgresBinaries(path = process.env.PATH ?? '') {
  const folders = [...debianFolders(), ...path.split(delimiter).filter(Boolean)];
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name)))) ?? null
  );
}

function idOf(user, option) {
  const { status, stdout } = spawnSync('id', [option, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim()) : null;
}

// PostgreSQL refuses to run as root.
function findUnprivilegedUser() {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const uid = idOf(user, '-u');
    const gid = idOf(user, '-g');
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as.');
}

function initialize(binaries, data, owner) {
  const flags = ['-D', data, '-U', 'keyward', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const options = { encoding: 'utf8', cwd: tmpdir(), ...owner };
  const { status, stderr, error } = spawnSync(join(binaries, 'initdb'), flags, options);
  if (status !== 0) throw new Error(`initdb failed: ${(error?.message ?? stderr).trim()}`);
}

function startServer(binaries, data, folder, owner) {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'port=5432',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=60',
  ];
  const flags = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  return spawn(join(binaries, 'postgres'), flags, {
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
    ...owner,
  });
}

async function waitUntilReady(child) {
  let output = '';
  child.stderr.setEncoding('utf8');
  const ready = new Promise((done) => {
    child.stderr.on('data', (text) => {
      output = (output + text).slice(-4_000);
      if (output.includes('database system is ready to accept connections')) done('ready');
    });
  });
  const outcome = await Promise.race([
    ready,
    once(child, 'exit').then(() => 'ended'),
    sleep(START_WITHIN_MS, 'late', { ref: false }),
  ]);
  if (outcome === 'ready') return;
  child.kill('SIGKILL');
  throw new Error(`The private PostgreSQL did not start: ${output.trim()}`);
}

/**
 * Starts a throw-away PostgreSQL on a unix socket in a temporary folder, as an unprivileged user when run as
 * root. It writes without fsync: for tests only. `stop` ends it and deletes all it wrote.
 * @throws when there is no `initdb` and `postgres`, or the server does not start.
 */
export async function startPrivatePostgres({ binaries = findPostgresBinaries() } = {}) {
  if (binaries === null) {
    throw new Error(
      'No PostgreSQL found: install it (on Debian `apt-get install postgresql`), or set TEST_DATABASE_URL.',
    );
  }
  const owner = findUnprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'keyward-pg-'));
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const data = join(folder, 'data');
  let child;
  try {
    initialize(binaries, data, owner);
    child = startServer(binaries, data, folder, owner);
    await waitUntilReady(child);
  } catch (error) {
    remove();
    throw error;
  }
  const endWithUs = () => child.kill('SIGQUIT');
  process.once('exit', endWithUs);
  const stop = async () => {
    process.off('exit', endWithUs);
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    }
    remove();
  };
  const url = `postgres://keyward@localhost:5432/postgres?host=${encodeURIComponent(folder)}&sslmode=disable`;
  return { url, pid: child.pid, stop };
}
