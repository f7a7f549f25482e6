import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault } from './fault.mjs';
import { root } from './paths.mjs';

const graceMs = 8_000;
const tailLines = 40;

/**
 * A started process, the leader of a group of its own, so that ending it ends what it started.
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {Promise<{ code: number | null, signal: string | null }>} exited
 * @property {() => string[]} tail the last lines of its output
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} StartOptions
 * @property {NodeJS.ProcessEnv} [env] the whole environment, not an addition to it
 * @property {string} [logFile]
 * @property {boolean} [isStdinHeld] keep its standard input open; it is closed when the process is to end
 * @property {(line: string, stream: 'stdout' | 'stderr') => void} [onLine]
 * @property {{ uid: number, gid: number }} [user]
 * @property {string} [cwd]
 */

/** Starts processes, keeps the end of their output, and ends all of them, last one first. */
export class Supervisor {
  /** @type {Child[]} */
  #children = [];
  #isStopping = false;

  get isStopping() {
    return this.#isStopping;
  }

  /**
   * @param {string} name
   * @param {string} command
   * @param {string[]} args
   * @param {StartOptions} [options]
   * @returns {Child}
   */
  start(name, command, args, options = {}) {
    if (this.#isStopping) throw new Fault(`${name} was not started, since everything is ending.`);
    const process_ = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      detached: true,
      stdio: [options.isStdinHeld ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      ...options.user,
    });
    const tail = [];
    const log = options.logFile ? openLog(options.logFile) : null;
    for (const stream of ['stdout', 'stderr']) {
      createInterface({ input: process_[stream] }).on('line', (line) => {
        tail.push(line);
        if (tail.length > tailLines) tail.shift();
        log?.write(`${line}\n`);
        options.onLine?.(line, stream);
      });
    }
    const exited = new Promise((resolve) => {
      process_.once('error', (error) => {
        tail.push(error.message);
        resolve({ code: 127, signal: null });
      });
      process_.once('close', (code, signal) => resolve({ code, signal }));
    }).then((end) => {
      log?.end();
      this.#children = this.#children.filter((other) => other !== child);
      return end;
    });
    const child = {
      name,
      pid: process_.pid ?? 0,
      exited,
      tail: () => [...tail],
      stop: () => end(process_, exited),
    };
    this.#children.push(child);
    return child;
  }

  /**
   * Runs a command to its end.
   * @param {string} name
   * @param {string} command
   * @param {string[]} args
   * @param {StartOptions} [options]
   */
  async run(name, command, args, options = {}) {
    const child = this.start(name, command, args, options);
    const { code, signal } = await child.exited;
    if (code === 0) return;
    throw new Fault(`${name} failed (${signal ?? `exit code ${code}`}).`, child.tail());
  }

  /**
   * Rejects as soon as the child ends by itself; never resolves.
   * @param {Child} child
   * @param {string} [hint]
   * @returns {Promise<never>}
   */
  async guard(child, hint = '') {
    const { code, signal } = await child.exited;
    if (this.#isStopping) return new Promise(() => {});
    throw new Fault(
      `${child.name} ended unexpectedly (${signal ?? `exit code ${code}`}). ${hint}`.trim(),
      child.tail(),
    );
  }

  async stopAll() {
    this.#isStopping = true;
    for (const child of [...this.#children].reverse()) await child.stop();
  }

  /** For the second Ctrl-C: no grace. */
  killAll() {
    this.#isStopping = true;
    for (const child of this.#children) signalGroup(child.pid, 'SIGKILL');
  }
}

/** A log that only its owner reads: what processes print may name people and keys. */
function openLog(path) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return createWriteStream(path, { mode: 0o600 });
}

function signalGroup(pid, signal) {
  if (pid === 0) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function end(process_, exited) {
  process_.stdin?.end();
  signalGroup(process_.pid ?? 0, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(process_.pid ?? 0, 'SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}
