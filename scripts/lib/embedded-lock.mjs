import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// How long a lock of another machine (or container) may stand without its socket answering: its start-up.
const FOREIGN_START_MS = 30_000;

/** The folder is open in another process, or it cannot be told that it is not. */
export class LockHeldError extends Error {
  name = 'LockHeldError';
}

export function lockPathOf(dir) {
  return `${resolve(dir)}.lock`;
}

function readLinuxProcess(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command's name stands in parentheses and may hold anything; fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = fields[0] === 'Z' || fields[0] === 'X';
  return { isAlive: !isDead, startedAt: fields[19] ?? null };
}

function isSignalable(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whether a process runs, and a text that no later process of the same pid shares (null when unknown). */
export function findProcess(pid) {
  if (!isSignalable(pid)) return { isAlive: false, startedAt: null };
  try {
    if (process.platform === 'linux') return readLinuxProcess(pid);
    if (process.platform === 'win32') return { isAlive: true, startedAt: null };
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } };
    const startedAt = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options).trim();
    return { isAlive: true, startedAt: startedAt || null };
  } catch {
    return { isAlive: true, startedAt: null };
  }
}

function answers(address) {
  return new Promise((done) => {
    const socket = connect(address);
    const finish = (result) => {
      socket.destroy();
      done(result);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.setTimeout(2_000, () => finish(true));
  });
}

/** Whether a lock's owner still lives. */
export async function isHeld(owner, lockAgeMs) {
  if (owner.address && (await answers(owner.address))) return true;
  if (owner.host !== hostname()) return !owner.address || lockAgeMs < FOREIGN_START_MS;
  const found = findProcess(owner.pid);
  if (!found.isAlive) return false;
  if (found.startedAt === null || owner.startedAt === null) return true;
  return found.startedAt === owner.startedAt;
}

function writeWhole(path, record) {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(record)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Creates the file with its content in one step, so that nobody ever reads half of it. */
function createExclusively(path, record) {
  const draft = `${path}.${record.token}`;
  writeWhole(draft, record);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    // No hard links on this file system.
    try {
      writeWhole(path, record);
      return true;
    } catch (second) {
      if (second.code === 'EEXIST') return false;
      throw second;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The lock's owner with the lock's age, or null when there is no lock. */
export function readLock(path) {
  let text;
  let ageMs;
  try {
    ageMs = Date.now() - statSync(path).mtimeMs;
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const owner = JSON.parse(text);
    if (Number.isInteger(owner.pid) && typeof owner.token === 'string') return { owner, ageMs };
  } catch {
    // Falls through: no JSON is as unreadable as the wrong JSON.
  }
  throw new LockHeldError(
    `The lock file ${path} cannot be read; if no Keyward runs on this folder, delete that file and start again.`,
  );
}

// Removing a stale lock is itself guarded, or two starters could each remove the other's new one.
async function removeStale(path, staleToken, self) {
  const guard = `${path}.takeover`;
  if (!createExclusively(guard, self)) {
    const other = readLock(guard);
    if (other && !(await isHeld(other.owner, other.ageMs))) rmSync(guard, { force: true });
    await sleep(50);
    return;
  }
  try {
    if (readLock(path)?.owner.token === staleToken) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function holdLock(path, self) {
  return {
    path,
    /** Records where the owner answers: the proof of life that other machines on the folder can check. */
    announce(address) {
      const draft = `${path}.${self.token}`;
      writeWhole(draft, { ...self, address });
      renameSync(draft, path);
    },
    release() {
      if (readLock(path)?.owner.token === self.token) rmSync(path, { force: true });
    },
  };
}

/**
 * Takes the lock file for this process. A lock whose owner is dead is taken over; a live owner's never is.
 * @throws {LockHeldError} when another process holds it.
 */
export async function acquireLock(path) {
  const { startedAt } = findProcess(process.pid);
  const self = { pid: process.pid, startedAt, host: hostname(), token: randomUUID() };
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (createExclusively(path, self)) return holdLock(path, self);
    const current = readLock(path);
    if (current === null) continue;
    if (await isHeld(current.owner, current.ageMs)) {
      const where = current.owner.host === self.host ? '' : ` on ${current.owner.host}`;
      throw new LockHeldError(
        `The database folder ${path.replace(/\.lock$/, '')} is in use by process ${current.owner.pid}${where}; stop that one first.`,
      );
    }
    await removeStale(path, current.owner.token, self);
  }
  throw new LockHeldError(`The lock file ${path} keeps changing hands; try again in a moment.`);
}
