import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '../fault.mjs';
import { findAnyPort } from '../ports.mjs';
import { forbidMainCluster, installDebianPackage } from './debian-packages.mjs';
import { findExecutable, isExecutable, isRoot, namesIn } from './find-executable.mjs';

const oldestMajor = 15;
const readyMs = 30_000;

/** Folders with PostgreSQL's programs outside the search path, newest first. */
function versionFolders() {
  const debian = namesIn('/usr/lib/postgresql').map((name) => [
    Number(name),
    `/usr/lib/postgresql/${name}/bin`,
  ]);
  const brew = ['/opt/homebrew/opt', '/usr/local/opt'].flatMap((folder) =>
    namesIn(folder)
      .filter((name) => /^postgresql@\d+$/.test(name))
      .map((name) => [Number(name.split('@')[1]), join(folder, name, 'bin')]),
  );
  return [...debian, ...brew]
    .filter(([major]) => major >= oldestMajor)
    .sort(([a], [b]) => b - a)
    .map(([, folder]) => folder);
}

/** Versioned folders first: the search path may hold an older PostgreSQL. */
function findPrograms() {
  for (const folder of versionFolders()) {
    const programs = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
    if (Object.values(programs).every(isExecutable)) return programs;
  }
  const initdb = findExecutable(['initdb']);
  const postgres = findExecutable(['postgres']);
  return initdb && postgres ? { initdb, postgres } : null;
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, or as nobody. */
function unprivilegedUser() {
  if (!isRoot()) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line =
    users.find((user) => user.startsWith('postgres:')) ?? users.find((user) => user.startsWith('nobody:'));
  if (line === undefined)
    throw new Fault('PostgreSQL does not run as root, and there is no user postgres or nobody.');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

async function waitForPort(port) {
  const giveUpAt = performance.now() + readyMs;
  while (performance.now() < giveUpAt) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await delay(100);
  }
  throw new Fault(`PostgreSQL did not listen on port ${port} after ${readyMs / 1000} s.`);
}

async function startServer(supervisor, programs, logFolder) {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-postgres-'));
  const user = unprivilegedUser();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const common = { user, cwd: folder };
  const initdbArgs = ['-D', data, '-U', 'keyward', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  await supervisor.run('initdb', programs.initdb, initdbArgs, {
    ...common,
    logFile: `${logFolder}/initdb.log`,
  });
  const port = await findAnyPort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: 60,
  };
  const child = supervisor.start(
    'PostgreSQL',
    programs.postgres,
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...common, logFile: `${logFolder}/postgres.log` },
  );
  await Promise.race([waitForPort(port), child.exited.then(() => supervisor.guard(child))]);
  const stop = async () => {
    await child.stop();
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  };
  return { url: `postgres://keyward@127.0.0.1:${port}/postgres`, stop };
}

/**
 * A PostgreSQL for the tests: the one named by TEST_DATABASE_URL, or a private one from the machine's programs,
 * which Debian's package brings where they are missing.
 * @param {import('../supervisor.mjs').Supervisor} supervisor
 * @param {{ note: (text: string) => void, logFolder: string }} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | null>} null when none can be had
 */
export async function openPostgres(supervisor, { note, logFolder }) {
  const named = process.env.TEST_DATABASE_URL;
  if (named) return { url: named, stop: async () => {} };
  if (findPrograms() === null && isRoot()) {
    forbidMainCluster();
    await installDebianPackage(supervisor, 'postgresql', { note, logFolder });
  }
  const programs = findPrograms();
  return programs === null ? null : startServer(supervisor, programs, logFolder);
}
