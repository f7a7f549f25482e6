import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LockHeldError } from './lib/embedded-lock.mjs';
import { openEmbeddedDatabase } from './lib/embedded-server.mjs';

// Serves the embedded database to the processes of this installation until it is told to stop or its parent ends.
// Exit codes: 0 stopped, 1 failed, 2 wrong arguments, 3 the folder is open in another process.

const CLOSE_WITHIN_MS = 8_000;
const DRAIN_WITHIN_MS = 5_000;

function readArguments() {
  try {
    const { values } = parseArgs({ options: { dir: { type: 'string' }, port: { type: 'string' } } });
    const port = values.port === undefined ? undefined : Number(values.port);
    const isPort = port === undefined || (Number.isInteger(port) && port >= 0 && port < 65_536);
    if (values.dir && isPort) return { dir: values.dir, port };
  } catch {
    // Falls through to the usage line.
  }
  console.error('Usage: node scripts/embedded-database.mjs --dir FOLDER [--port PORT]');
  process.exit(2);
}

function isFedByParent() {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}

let database;
let isStopping = false;
let wasToldToStop = false;

async function stop(exitCode) {
  wasToldToStop = true;
  if (isStopping || database === undefined) return;
  isStopping = true;
  setTimeout(() => process.exit(exitCode || 1), CLOSE_WITHIN_MS).unref();
  await database.close();
  process.exit(exitCode);
}

// Ctrl-C reaches all processes of a terminal at once: the console finishes first what it has begun.
function stopWhenUnused(deadline) {
  const isUnused = database === undefined || database.countConnections() === 0;
  if (isUnused || Date.now() >= deadline) void stop(0);
  else setTimeout(stopWhenUnused, 50, deadline);
}

function watchForTheEnd() {
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGHUP', () => void stop(0));
  process.on('SIGINT', () => stopWhenUnused(Date.now() + DRAIN_WITHIN_MS));
  if (process.connected) process.on('disconnect', () => void stop(0));
  if (!isFedByParent()) return;
  process.stdin.on('end', () => void stop(0));
  process.stdin.on('error', () => void stop(0));
  process.stdin.resume();
}

async function main() {
  const { dir, port } = readArguments();
  process.umask(0o077);
  watchForTheEnd();
  const startedAt = performance.now();
  const onFatal = (error) => {
    console.error(`The embedded database failed: ${error.message ?? error}`);
    void stop(1);
  };
  try {
    database = await openEmbeddedDatabase({ dir, port, onFatal });
  } catch (error) {
    console.error(error.message ?? String(error));
    process.exit(error instanceof LockHeldError ? 3 : 1);
  }
  if (wasToldToStop) {
    await stop(0);
    return;
  }
  const tookMs = Math.round(performance.now() - startedAt);
  console.log(JSON.stringify({ ready: true, url: database.url, pid: process.pid, tookMs }));
}

await main();
