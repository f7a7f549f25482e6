import { join } from 'node:path';
import { Fault } from './fault.mjs';
import { serverTypescript } from './services.mjs';

/**
 * @typedef {{ role: 'admin' | 'finance' | 'lead', email: string, password: string }} Account
 */

/**
 * Fills a database through the product's own code: people, and unless `accountsOnly` both connections, their keys
 * and their usage. May be run again: it completes what is missing.
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {{ env: NodeJS.ProcessEnv, dataDir: string, note?: (text: string) => void, accountsOnly?: boolean }} options
 * @returns {Promise<Account[]>}
 */
export async function seedSample(supervisor, { env, dataDir, note = () => {}, accountsOnly = false }) {
  let accounts = null;
  const args = accountsOnly ? ['--accounts-only'] : [];
  await supervisor.run('The sample data', process.execPath, serverTypescript('scripts/seed-demo.ts', args), {
    env,
    logFile: join(dataDir, 'logs', 'seed.log'),
    onLine: (line, stream) => {
      const message = stream === 'stdout' ? readMessage(line) : null;
      if (message?.accounts) accounts = message.accounts;
      else if (message?.step) note(`${message.step}${progressOf(message)}`);
    },
  });
  if (accounts === null)
    throw new Fault('The sample data came without sign-ins: scripts/seed-demo.ts printed none.');
  return accounts;
}

function readMessage(line) {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const progressOf = ({ done, total }) =>
  Number.isFinite(done) ? ` ${done}${total ? ` of ${total}` : ''}` : '';
