import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  acquireLock,
  findProcess,
  isHeld,
  LockHeldError,
  type LockOwner,
  lockPathOf,
  readLock,
} from './embedded-lock.mjs';

let folder: string;
let path: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-lock-'));
  path = lockPathOf(join(folder, 'database'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  rmSync(folder, { recursive: true });
});

function spawnSleeper(): number {
  child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  if (child.pid === undefined) throw new Error('The sleeping process did not start.');
  return child.pid;
}

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

function writeLock(owner: Partial<LockOwner>): void {
  const whole = { pid: 1, startedAt: '1', host: hostname(), token: 'other', ...owner };
  writeFileSync(path, JSON.stringify(whole), { mode: 0o600 });
}

describe('the lock', () => {
  it('stands beside the folder, for its owner alone, and is gone after release', async () => {
    const lock = await acquireLock(path);
    expect(path).toBe(join(folder, 'database.lock'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readLock(path)?.owner).toMatchObject({
      pid: process.pid,
      startedAt: findProcess(process.pid).startedAt,
    });
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a second owner in one sentence that names the first', async () => {
    const lock = await acquireLock(path);
    await expect(acquireLock(path)).rejects.toThrow(
      `The database folder ${join(folder, 'database')} is in use by process ${process.pid}; stop that one first.`,
    );
    expect(readLock(path)?.owner.pid).toBe(process.pid);
    lock.release();
  });

  it('is never taken from a live process', async () => {
    const pid = spawnSleeper();
    writeLock({ pid, startedAt: findProcess(pid).startedAt });
    await expect(acquireLock(path)).rejects.toThrow(LockHeldError);
    writeLock({ pid, startedAt: null });
    await expect(acquireLock(path)).rejects.toThrow(LockHeldError);
    expect(readLock(path)?.owner.token).toBe('other');
  });

  it('is taken over from a dead process', async () => {
    writeLock({ pid: deadPid() });
    const lock = await acquireLock(path);
    expect(readLock(path)?.owner.pid).toBe(process.pid);
    lock.release();
  });

  it('is taken over when its pid now belongs to a process started at another time', async () => {
    writeLock({ pid: spawnSleeper(), startedAt: '1' });
    const lock = await acquireLock(path);
    expect(readLock(path)?.owner.pid).toBe(process.pid);
    lock.release();
  });

  it('goes to exactly one of many that find it stale at once', async () => {
    writeLock({ pid: deadPid() });
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => acquireLock(path)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['database.lock']);
  });

  it('is not released by one who no longer owns it', async () => {
    const lock = await acquireLock(path);
    writeLock({ token: 'someone else' });
    lock.release();
    expect(existsSync(path)).toBe(true);
  });

  it('is refused, not removed, when it cannot be read', async () => {
    writeFileSync(path, 'half a li');
    await expect(acquireLock(path)).rejects.toThrow(/cannot be read; if no Keyward runs on this folder/);
    expect(existsSync(path)).toBe(true);
  });
});

describe('a lock of another machine or container', () => {
  const foreign = { pid: 1, startedAt: '1', host: 'elsewhere', token: 'other' };

  it('holds while its socket answers, and no longer', async () => {
    const address = { path: join(folder, 'socket') };
    const server = createServer();
    await new Promise<void>((done) => server.listen(address.path, done));
    expect(await isHeld({ ...foreign, address }, 3_600_000)).toBe(true);
    await new Promise((done) => server.close(done));
    expect(await isHeld({ ...foreign, address }, 3_600_000)).toBe(false);
  });

  it('holds while it may still be starting, and when nothing can be told', async () => {
    const address = { path: join(folder, 'socket') };
    expect(await isHeld({ ...foreign, address }, 1_000)).toBe(true);
    expect(await isHeld(foreign, 3_600_000)).toBe(true);
  });
});

describe('findProcess', () => {
  it('tells a live process from a dead one', () => {
    expect(findProcess(process.pid).isAlive).toBe(true);
    expect(findProcess(deadPid())).toEqual({ isAlive: false, startedAt: null });
  });
});
