import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { loadEnvFiles } from './env-files.mjs';
import { Fault } from './fault.mjs';
import { ensureInstalled } from './install.mjs';
import { readInteger, readOptions } from './options.mjs';
import { inRoot } from './paths.mjs';
import { findPort, isPortFree } from './ports.mjs';
import { keepSecret, secretFileNames } from './secrets.mjs';
import { migrate, serverTypescript, startConsole, startDatabase } from './services.mjs';
import { runSession } from './session.mjs';

const help = `npm start -- [options]

Keyward for real use. Installs and builds if needed, checks the settings, brings the database up to date and
serves the console. On the first run it prints a one-time link with which the first admin is created.

  --port N     port of the console (3000)
  --host H     address to listen on (127.0.0.1); put a reverse proxy with TLS before it
  --help       this text

Settings come from the environment, .env.local and .env; .env.example explains each. Without DATABASE_URL an
embedded database is used. It, the secrets made on first use (files of mode 0600) and the logs are in .data, or
where KEYWARD_DATA_DIR says.`;

const optionTypes = {
  port: { type: 'string', default: '3000' },
  host: { type: 'string', default: '127.0.0.1' },
};

/**
 * Settings as the operator gave them, completed by what a first run may make itself.
 * @param {{ dataDir: string, host: string, port: number }} options
 */
function productEnv({ dataDir, host, port }) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', KEYWARD_DATA_DIR: dataDir };
  for (const [name, file] of Object.entries(secretFileNames)) {
    if (env[name] || env[`${name}_FILE`]) continue;
    env[`${name}_FILE`] = join(dataDir, file);
    // A new master key beside an old database would hide that the one it was sealed with is lost.
    const isLost = name === 'KEYWARD_MASTER_KEY' && existsSync(join(dataDir, 'database'));
    if (!isLost) keepSecret(join(dataDir, file));
  }
  env.KEYWARD_PUBLIC_URL ||= `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`;
  return env;
}

export const runProduct = () =>
  runSession(async ({ board, supervisor }) => {
    const values = readOptions(optionTypes, help);
    const port = readInteger('port', values.port, { min: 1, max: 65_535 });
    const { host } = values;
    loadEnvFiles();
    const dataDir = resolve(process.env.KEYWARD_DATA_DIR || inRoot('.data'));
    await requireFreePort(port, host);
    await board.step('Packages', (note) => ensureInstalled(supervisor, note));
    await board.step('Build', (note) =>
      ensureBuilt(supervisor, note, { logFile: join(dataDir, 'logs', 'build.log') }),
    );
    const env = productEnv({ dataDir, host, port });
    const database = await openDatabase({ board, supervisor }, env, dataDir);
    await board.step('Settings', () => checkSettings(supervisor, env));
    await board.step('Migrations', () => migrate(supervisor, { env, dataDir }));
    const setupText = await readSetupText(supervisor, env);
    const onLine = (line) => console.log(line);
    const { child, url } = await board.step('Console', () =>
      startConsole(supervisor, { mode: 'start', host, port, env, dataDir, onLine }),
    );
    const address = env.KEYWARD_PUBLIC_URL === url ? url : `${env.KEYWARD_PUBLIC_URL} (served from ${url})`;
    console.log(`\n  Keyward is at ${address}\n${setupText}`);
    const children = database === null ? [child] : [database, child];
    await Promise.race(
      children.map((each) => supervisor.guard(each, `Its log is in ${join(dataDir, 'logs')}.`)),
    );
  });

/** A reverse proxy points at this port, so another one is only proposed. */
async function requireFreePort(port, host) {
  if (await isPortFree(port, host)) return;
  const next = await findPort(port + 1, { host });
  throw new Fault(`Port ${port} is in use. Free it, or take another one: npm start -- --port ${next}`);
}

async function checkSettings(supervisor, env) {
  const child = supervisor.start(
    'The check of the settings',
    process.execPath,
    serverTypescript('scripts/check-env.ts'),
    { env },
  );
  const { code } = await child.exited;
  if (code !== 0) throw new Fault('Keyward does not start with these settings.', child.tail());
}

/** Starts the embedded database unless the operator named a server; answers its process or null. */
async function openDatabase({ board, supervisor }, env, dataDir) {
  if (env.DATABASE_URL) {
    env.KEYWARD_DATABASE_KIND ??= 'server';
    return null;
  }
  const { child, url } = await board.step('Embedded database', () => startDatabase(supervisor, { dataDir }));
  Object.assign(env, { DATABASE_URL: url, KEYWARD_DATABASE_KIND: 'embedded' });
  return child;
}

/** The one-time link while there is no admin, else nothing. Not logged: it is a secret. */
async function readSetupText(supervisor, env) {
  const lines = [];
  await supervisor.run('The set-up link', process.execPath, serverTypescript('scripts/setup-link.ts'), {
    env,
    onLine: (line, stream) => {
      if (stream === 'stdout' && line.trim() !== '') lines.push(`  ${line}`);
    },
  });
  return lines.length > 0 ? `${lines.join('\n')}\n` : '';
}
