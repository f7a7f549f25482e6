import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPort } from './ports.mjs';
import { keepSecret, readJson, writePrivateJson } from './secrets.mjs';
import { seedSample } from './seed.mjs';
import {
  migrate,
  sampleConsoleEnv,
  startConsole,
  startDatabase,
  startEmulator,
  startMailCatcher,
} from './services.mjs';

const host = '127.0.0.1';
const seed = 7;
const historyDays = 400;

/** The key that manages an emulator stays the same, so that the stored connections keep working. */
const managementKey = (dataDir, kind, prefix) =>
  keepSecret(join(dataDir, `${kind}.management-key`), () => `${prefix}${randomBytes(24).toString('hex')}`);

/** The day that the emulators' history leads up to stays the same too: the past must not move overnight. */
const anchorDay = (dataDir) =>
  keepSecret(join(dataDir, 'emulators.anchor'), () => new Date().toISOString().slice(0, 10));

/**
 * Brings up the database, both emulators, a mail catcher and the console, with sample data read in.
 * @param {{ board: import('./progress-board.mjs').ProgressBoard,
 *   supervisor: import('./supervisor.mjs').Supervisor }} tools
 * @param {{ dataDir: string, port: number, emulatorPort: number, keys: number, mode: 'start' | 'dev',
 *   onLine?: (line: string) => void }} options
 */
export async function startSampleStack(tools, { dataDir, port, emulatorPort, keys, mode, onLine }) {
  const { board, supervisor } = tools;
  const taken = new Set();
  const consolePort = await choosePort(board, 'The console', port, taken);
  const openrouterPort = await choosePort(board, 'The OpenRouter emulator', emulatorPort, taken);
  const requestyPort = await choosePort(board, 'The Requesty emulator', emulatorPort + 10, taken);
  const inboxPort = await choosePort(board, 'The inbox', emulatorPort + 15, taken);
  const smtpPort = await choosePort(board, 'The mail server', emulatorPort + 16, taken);
  const publicUrl = `http://${host}:${consolePort}`;
  const smtpUrl = `smtp://${host}:${smtpPort}`;
  const sample = {
    KEYWARD_DEMO_OPENROUTER_URL: `http://${host}:${openrouterPort}/api/v1`,
    KEYWARD_DEMO_REQUESTY_URL: `http://${host}:${requestyPort}`,
    KEYWARD_DEMO_REQUESTY_CLASSIC_URL: `http://${host}:${requestyPort}/classic`,
    KEYWARD_DEMO_OPENROUTER_KEY: managementKey(dataDir, 'openrouter', 'sk-or-v1-'),
    KEYWARD_DEMO_REQUESTY_KEY: managementKey(dataDir, 'requesty', 'rqsty-sk-'),
  };
  const isNewDatabase = !existsSync(join(dataDir, 'database'));
  const isFilled = !isNewDatabase && findAccounts(dataDir, sample) !== null;

  const emulators = startEmulators(tools, { dataDir, keys, openrouterPort, requestyPort, sample });
  const caught = board.step('Mail catcher', () =>
    startMailCatcher(supervisor, { port: inboxPort, smtpPort, dataDir }),
  );
  const prepared = prepareDatabase(tools, { dataDir, publicUrl, smtpUrl });
  const filled = Promise.all([prepared, emulators]).then(([{ env }]) =>
    fill(tools, { dataDir, env, sample, isNewDatabase }),
  );
  // The embedded database takes one writer at a time: the console waits for the sample data, unless it is there.
  const console_ = Promise.all([prepared, isFilled ? null : filled]).then(([{ env }]) =>
    board.step('Console', () =>
      startConsole(supervisor, { mode, host, port: consolePort, env, dataDir, onLine }),
    ),
  );
  const [{ database }, started, mail, accounts, served] = await Promise.all([
    prepared,
    emulators,
    caught,
    filled,
    console_,
  ]);
  return {
    url: served.url,
    inboxUrl: mail.url,
    openrouterUrl: `http://${host}:${openrouterPort}`,
    accounts,
    children: [database, ...started.map(({ child }) => child), mail.child, served.child],
  };
}

function startEmulators({ board, supervisor }, { dataDir, keys, openrouterPort, requestyPort, sample }) {
  const start = (title, options) =>
    board.step(title, () =>
      startEmulator(supervisor, { keys, seed, historyDays, anchor: anchorDay(dataDir), dataDir, ...options }),
    );
  return Promise.all([
    start('OpenRouter emulator', {
      kind: 'openrouter',
      port: openrouterPort,
      managementKey: sample.KEYWARD_DEMO_OPENROUTER_KEY,
    }),
    start('Requesty emulator', {
      kind: 'requesty',
      port: requestyPort,
      managementKey: sample.KEYWARD_DEMO_REQUESTY_KEY,
    }),
  ]);
}

async function choosePort(board, name, wanted, taken) {
  const port = await findPort(wanted, { host, taken });
  if (port !== wanted) board.print(`  ! Port ${wanted} is in use. ${name} takes ${port}.`);
  return port;
}

async function prepareDatabase({ board, supervisor }, { dataDir, publicUrl, smtpUrl }) {
  const { child, url } = await board.step('Database', () => startDatabase(supervisor, { dataDir }));
  const env = sampleConsoleEnv({ dataDir, databaseUrl: url, publicUrl, smtpUrl });
  await board.step('Migrations', () => migrate(supervisor, { env, dataDir }));
  return { database: child, env };
}

const stateFile = (dataDir) => join(dataDir, 'sample.json');
const addresses = (sample) => [sample.KEYWARD_DEMO_OPENROUTER_URL, sample.KEYWARD_DEMO_REQUESTY_URL];

/** The sign-ins of an earlier run, unless the emulators have moved since: the connections must follow them. */
function findAccounts(dataDir, sample) {
  const state = readJson(stateFile(dataDir));
  return state !== null && String(state.addresses) === String(addresses(sample)) ? state.accounts : null;
}

async function fill({ board, supervisor }, { dataDir, env, sample, isNewDatabase }) {
  const known = isNewDatabase ? null : findAccounts(dataDir, sample);
  if (known !== null) return known;
  const accounts = await board.step('Sample data', (note) =>
    seedSample(supervisor, { env: { ...env, ...sample }, dataDir, note }),
  );
  writePrivateJson(stateFile(dataDir), { addresses: addresses(sample), accounts });
  return accounts;
}
