import { join } from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { findAnyPort } from '../lib/ports.mjs';
import { isolatedEnv, serverTypescript, startEmulator } from '../lib/services.mjs';

const ACCOUNT_KEYS = 10_000;
const CALL_MS = 50;
const LIMITED_KEYS = 600;
const CALLS_A_MINUTE = 600;
const managementKey = `sk-or-v1-${'0'.repeat(64)}`;

async function startProvider(supervisor, { keys, callsPerMinute, dataDir }) {
  return startEmulator(supervisor, {
    kind: 'openrouter',
    port: await findAnyPort(),
    keys,
    seed: 7,
    historyDays: 3,
    anchor: new Date().toISOString().slice(0, 10),
    managementKey,
    dataDir,
    callsPerMinute,
  });
}

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
 *   collector: import('./collector.mjs').Collector, supervisor: import('../lib/supervisor.mjs').Supervisor,
 *   env: NodeJS.ProcessEnv, dataDir: string }} tools
 */
export async function measureStore({ board, collector, supervisor, env, dataDir }) {
  const providers = await board.step('Emulated providers', async () => ({
    quick: await startProvider(supervisor, { keys: ACCOUNT_KEYS, dataDir }),
    limited: await startProvider(supervisor, {
      keys: LIMITED_KEYS,
      callsPerMinute: CALLS_A_MINUTE,
      dataDir,
    }),
  }));
  const { quick, limited } = providers;
  const slow = await startSlowProvider(supervisor, { target: quick.url, dataDir });
  await collector.measure('Store and reads', async (note) => {
    const args = [quick.url, slow.url, limited.url, managementKey, String(CALLS_A_MINUTE)];
    await supervisor.run(
      'The measurement of the store',
      process.execPath,
      serverTypescript('scripts/bench/measure-store.ts', args),
      {
        env,
        logFile: join(dataDir, 'logs', 'store.log'),
        onLine: (line, stream) => {
          if (stream !== 'stdout' || !line.startsWith('{')) return;
          const message = JSON.parse(line);
          if (message.step) note(message.step);
          else collector.results.push(message);
        },
      },
    );
    return [];
  });
  for (const { child } of [slow, quick, limited]) await child.stop();
}
