import { join } from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { findAnyPort } from '../lib/ports.mjs';
import { isolatedEnv, serverTypescript, startEmulator } from '../lib/services.mjs';

const ACCOUNT_KEYS = 10_000;
const CALL_MS = 50;
const managementKey = `sk-or-v1-${'0'.repeat(64)}`;

async function startSlowProvider(supervisor, { target, dataDir }) {
  let announce = () => {};
  const ready = new Promise((resolve) => {
    announce = resolve;
  });
  const args = [inRoot('scripts/bench/slow-provider.mjs'), target, String(CALL_MS)];
  const child = supervisor.start('The slow provider', process.execPath, args, {
    env: isolatedEnv({}),
    logFile: join(dataDir, 'logs', 'slow-provider.log'),
    onLine: (line, stream) => {
      if (stream === 'stdout' && line.startsWith('{')) announce(JSON.parse(line).url);
    },
  });
  const url = await Promise.race([ready, supervisor.guard(child)]);
  return { child, url };
}

/**
 * What the store and the reads of a provider cost, without a browser.
 * @param {{ board: import('../lib/progress-board.mjs').ProgressBoard,
 *   supervisor: import('../lib/supervisor.mjs').Supervisor, env: NodeJS.ProcessEnv, dataDir: string }} tools
 * @returns {Promise<import('./report.mjs').Result[]>}
 */
export async function measureStore({ board, supervisor, env, dataDir }) {
  const emulator = await board.step('Emulated provider', async () =>
    startEmulator(supervisor, {
      kind: 'openrouter',
      port: await findAnyPort(),
      keys: ACCOUNT_KEYS,
      seed: 7,
      historyDays: 3,
      anchor: new Date().toISOString().slice(0, 10),
      managementKey,
      dataDir,
    }),
  );
  const slow = await startSlowProvider(supervisor, { target: emulator.url, dataDir });
  const results = [];
  await board.step('Store and reads', async (note) => {
    const urls = [`${emulator.url}/api/v1`, `${slow.url}/api/v1`, managementKey];
    await supervisor.run(
      'The measurement of the store',
      process.execPath,
      serverTypescript('scripts/bench/measure-store.ts', urls),
      {
        env,
        logFile: join(dataDir, 'logs', 'store.log'),
        onLine: (line, stream) => {
          if (stream !== 'stdout' || !line.startsWith('{')) return;
          const message = JSON.parse(line);
          if (message.step) note(message.step);
          else results.push(message);
        },
      },
    );
  });
  await slow.child.stop();
  await emulator.child.stop();
  return results;
}
