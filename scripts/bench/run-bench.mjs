import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../lib/build.mjs';
import { Fault } from '../lib/fault.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { readInteger, readOptions } from '../lib/options.mjs';
import { inRoot } from '../lib/paths.mjs';
import { findAnyPort } from '../lib/ports.mjs';
import { seedSample } from '../lib/seed.mjs';
import { migrate, sampleConsoleEnv, serverTypescript } from '../lib/services.mjs';
import { runSession } from '../lib/session.mjs';
import { findChromium } from '../lib/tests/find-chromium.mjs';
import { describeDatabase, openBenchDatabase } from './bench-database.mjs';
import { createCollector } from './collector.mjs';
import { measureInBrowser } from './measure-in-browser.mjs';
import { measureStore } from './measure-store.mjs';
import { printMachine, printReport } from './report.mjs';

const LARGE_FROM = 50_000;

const help = `npm run bench -- [options]

Measures Keyward with generated data and prints each figure beside its budget. It judges nothing: the exit code is
0 whatever the figures are. With DATABASE_URL it makes a database of its own on that PostgreSQL and drops it at the
end; without it, it uses an embedded database in a temporary folder.

  --keys N     generated keys (10000); from ${LARGE_FROM} on every page is measured too
  --only a,b   parts: store, browser (both)
  --help       this text

The browser is found as \`npm test\` finds it; CHROMIUM names another one.`;

const optionTypes = {
  keys: { type: 'string', default: '10000' },
  only: { type: 'string', default: 'store,browser' },
};
const parts = ['store', 'browser'];

function readPlan() {
  const values = readOptions(optionTypes, help);
  const keys = readInteger('keys', values.keys, { min: 100, max: 500_000 });
  const only = values.only.split(',').map((name) => name.trim());
  const unknown = only.filter((name) => !parts.includes(name));
  if (unknown.length > 0)
    throw new Fault(`There is no part ${unknown.join(', ')}. Parts: ${parts.join(', ')}`);
  return { keys, only, isLarge: keys >= LARGE_FROM };
}

function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Fills the migrated database; answers what it holds, in words. */
async function generate(supervisor, { env, dataDir, keys, note }) {
  let world = '';
  const args = serverTypescript('scripts/bench/generate.ts', [String(keys)]);
  await supervisor.run('The generated data', process.execPath, args, {
    env,
    logFile: join(dataDir, 'logs', 'generate.log'),
    onLine: (line, stream) => {
      if (stream !== 'stdout' || !line.startsWith('{')) return;
      const message = JSON.parse(line);
      if (message.world) world = message.world;
      else note(message.done ? `${message.done} ${message.step}` : message.step);
    },
  });
  return world;
}

export const runBench = () =>
  runSession(async ({ board, supervisor }) => {
    const { keys, only, isLarge } = readPlan();
    const dataDir = makeFolder();
    await board.step('Packages', (note) => ensureInstalled(supervisor, note));
    const isBrowserWanted = only.includes('browser');
    if (isBrowserWanted) {
      const logFile = inRoot('.data', 'test-logs', 'bench-build.log');
      await board.step('Build', (note) => ensureBuilt(supervisor, note, { logFile }));
    }
    const logFolder = inRoot('.data', 'test-logs');
    const chromium = isBrowserWanted
      ? await board.step('Chromium', (note) => findChromium(supervisor, { note, logFolder }))
      : null;
    if (isBrowserWanted && chromium === null)
      throw new Fault('There is no Chromium; --only store needs none.');

    const port = await findAnyPort();
    const database = await board.step('Database', () => openBenchDatabase(supervisor, dataDir));
    const env = {
      ...sampleConsoleEnv({ dataDir, databaseUrl: database.url, publicUrl: `http://127.0.0.1:${port}` }),
      KEYWARD_DATABASE_KIND: database.kind,
      KEYWARD_JOBS: 'off',
      KEYWARD_LOG_LEVEL: 'error',
    };
    await board.step('Migrations', () => migrate(supervisor, { env, dataDir }));
    const accounts = await seedSample(supervisor, { env, dataDir, accountsOnly: true });
    const world = await board.step('Generated data', (note) =>
      generate(supervisor, { env, dataDir, keys, note }),
    );
    const facts = { database: await describeDatabase(database), world };
    const collector = createCollector(board);
    const tools = { board, collector, supervisor, env, dataDir };
    try {
      if (chromium !== null) {
        await measureInBrowser(tools, { chromium, port, account: accounts[0], isLarge });
      }
      if (only.includes('store')) await measureStore(tools);
    } finally {
      printMachine(facts);
      printReport(collector.results, isLarge);
    }
    if (collector.failures.length > 0) throw new Fault('Not everything was measured.', collector.failures);
  });
