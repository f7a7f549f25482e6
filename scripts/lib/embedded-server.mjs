import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketHandler } from '@electric-sql/pglite-socket';
import { acquireLock, lockPathOf } from './embedded-lock.mjs';
import { SessionQueue } from './embedded-session-queue.mjs';

// The operating systems allow 104 to 108 bytes for a unix socket's path.
const MAX_SOCKET_PATH_BYTES = 100;
const SOCKET_NAME = '.s.PGSQL.5432';

function makePrivateFolder(path) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
}

function isAnswering(path) {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

/** A private folder for the socket: beside the database, or a fresh temporary one where that is too long or taken. */
async function chooseSocketFolder(dir) {
  const beside = join(dirname(dir), 'run');
  const path = join(beside, SOCKET_NAME);
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES && !(await isAnswering(path))) {
    makePrivateFolder(beside);
    rmSync(path, { force: true });
    return { folder: beside, isTemporary: false };
  }
  return { folder: mkdtempSync(join(tmpdir(), 'keyward-')), isTemporary: true };
}

/**
 * The address for `pg`: the folder of the socket goes into `host`, and the port names the socket's file. The
 * port and sslmode keep PGPORT and PGSSLMODE of the environment out.
 */
export function socketUrl(folder) {
  return `postgres://keyward@localhost:5432/postgres?host=${encodeURIComponent(folder)}&sslmode=disable`;
}

async function openDatabase(dir) {
  // Stands while a new database is being made: what a killed first start left behind is not a database.
  const unfinished = `${dir}.unfinished`;
  if (existsSync(unfinished)) rmSync(dir, { recursive: true, force: true });
  makePrivateFolder(dir);
  if (readdirSync(dir).length === 0) writeFileSync(unfinished, '', { mode: 0o600 });
  let db;
  try {
    db = await PGlite.create({ dataDir: dir });
  } catch (error) {
    throw new Error(`The database in ${dir} could not be opened: ${error.message ?? error}.`, {
      cause: error,
    });
  }
  rmSync(unfinished, { force: true });
  return db;
}

function serve(db, onFatal) {
  const queryQueue = new SessionQueue(db, onFatal);
  const handlers = new Set();
  const server = createServer((socket) => {
    const handler = new PGLiteSocketHandler({ queryQueue, closeOnDetach: true });
    const forget = () => handlers.delete(handler);
    handlers.add(handler);
    handler.addEventListener('close', forget);
    handler.addEventListener('error', forget);
    void handler.attach(socket);
  });
  return { server, handlers };
}

async function listen(server, dir, port) {
  const wantsPort = port !== undefined || process.platform === 'win32';
  const socket = wantsPort ? null : await chooseSocketFolder(dir);
  const path = socket && join(socket.folder, SOCKET_NAME);
  await new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(path ? { path } : { host: '127.0.0.1', port: port ?? 0 }, () => {
      server.off('error', fail);
      done();
    });
  });
  if (!path) {
    const { port: bound } = server.address();
    const url = `postgres://keyward@127.0.0.1:${bound}/postgres?sslmode=disable`;
    return { url, address: { host: '127.0.0.1', port: bound }, tidy: () => {} };
  }
  chmodSync(path, 0o600);
  const tidy = () => rmSync(socket.isTemporary ? socket.folder : path, { recursive: true, force: true });
  return { url: socketUrl(socket.folder), address: { path }, tidy };
}

/**
 * Opens the folder for this process alone and serves it: on a unix socket in a private folder, or on a loopback
 * port when one is given (and on Windows), where every user of the machine can reach it.
 * `onFatal` hears when the database itself breaks; close it then.
 * @throws {LockHeldError} when another process has the folder open.
 */
export async function openEmbeddedDatabase({ dir, port, onFatal = () => {} }) {
  const home = resolve(dir);
  const parent = dirname(home);
  if (!existsSync(parent)) makePrivateFolder(parent);
  const lock = await acquireLock(lockPathOf(home));
  let db;
  try {
    db = await openDatabase(home);
    const { server, handlers } = serve(db, onFatal);
    const { url, address, tidy } = await listen(server, home, port);
    lock.announce(address);
    const close = async () => {
      server.close();
      await Promise.all([...handlers].map((handler) => handler.detach(true)));
      await db.close();
      tidy();
      lock.release();
    };
    return { url, close, countConnections: () => handlers.size };
  } catch (error) {
    await db?.close();
    lock.release();
    throw error;
  }
}
