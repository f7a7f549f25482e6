import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// Node's built-ins only: this runs before the first install.

const SCRIPT = fileURLToPath(new URL('../embedded-database.mjs', import.meta.url));
const KILL_AFTER_MS = 10_000;

/** The database's process ended before it was ready; `exitCode` 3 means that the folder is in use. */
export class EmbeddedDatabaseError extends Error {
  name = 'EmbeddedDatabaseError';

  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

async function stopChild(child, exited) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  await exited;
  clearTimeout(timer);
}

/**
 * Starts the embedded database in a process of its own, which ends with this one, and waits until it is ready.
 * @throws {EmbeddedDatabaseError} with the process's own sentence when it cannot start.
 */
export async function startEmbeddedDatabase({ dir, port }) {
  const portArguments = port === undefined ? [] : ['--port', String(port)];
  const child = spawn(process.execPath, [SCRIPT, '--dir', dir, ...portArguments], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => code);
  let complaint = '';
  let isReady = false;
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text) => {
    if (isReady) process.stderr.write(text);
    else complaint += text;
  });
  const firstLine = once(createInterface({ input: child.stdout }), 'line').then(([line]) => JSON.parse(line));
  const first = await Promise.race([firstLine, once(child, 'close').then(([exitCode]) => ({ exitCode }))]);
  if (!first.ready) {
    const sentence = complaint.trim() || 'The embedded database could not be started.';
    throw new EmbeddedDatabaseError(sentence, first.exitCode ?? null);
  }
  isReady = true;
  return {
    url: first.url,
    pid: first.pid,
    tookMs: first.tookMs,
    exited,
    stop: () => stopChild(child, exited),
  };
}
