import { join } from 'node:path';
import { Fault } from './fault.mjs';
import { inRoot } from './paths.mjs';
import { keepSecret, secretFileNames } from './secrets.mjs';
import { waitForHttp } from './wait-for-http.mjs';

const readyMs = 60_000;
const folderInUse = 3;

/** The folder of the embedded database belongs to a process that is alive. */
export class FolderInUse extends Fault {}

/** @typedef {import('./supervisor.mjs').Supervisor} Supervisor */

/** Arguments for Node to run a TypeScript file, with or without modules marked `server-only`. */
export const typescript = (file, args = []) => ['--import', 'tsx', inRoot(file), ...args];
export const serverTypescript = (file, args = []) => ['--conditions=react-server', ...typescript(file, args)];

const endWithUs = ['--import', inRoot('scripts/lib/end-with-parent.mjs')];

/**
 * The surroundings of a sample or a test: the shell's own settings of the product must not reach it.
 * @param {NodeJS.ProcessEnv} added
 */
export function isolatedEnv(added) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(KEYWARD_(?!DIST_DIR)|OIDC_|NEXTAUTH_|(DATABASE_URL|SMTP_URL|MAIL_FROM)$|NODE_ENV$|PORT$|HOSTNAME$)/.test(
        name,
      ),
  );
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: '1', ...added };
}

/**
 * Settings of a console with an embedded database, its secrets made on first use as files of mode 0600. Mails go to
 * `smtpUrl`, and nowhere without it. It may call this machine, where emulators and catchers are, unless told otherwise.
 * @param {{ dataDir: string, databaseUrl: string, publicUrl: string, smtpUrl?: string, isPrivateAllowed?: boolean }} options
 */
export function sampleConsoleEnv({ dataDir, databaseUrl, publicUrl, smtpUrl, isPrivateAllowed = true }) {
  return isolatedEnv({
    DATABASE_URL: databaseUrl,
    KEYWARD_DATABASE_KIND: 'embedded',
    KEYWARD_DATA_DIR: dataDir,
    KEYWARD_PUBLIC_URL: publicUrl,
    ...(isPrivateAllowed ? { KEYWARD_ALLOW_PRIVATE_TARGETS: 'true' } : {}),
    ...(smtpUrl ? { SMTP_URL: smtpUrl, MAIL_FROM: 'Keyward <keyward@demo.example>' } : {}),
    ...secretFiles(dataDir),
  });
}

/** @param {string} dataDir */
function secretFiles(dataDir) {
  const files = Object.entries(secretFileNames).map(([name, file]) => [`${name}_FILE`, join(dataDir, file)]);
  for (const [, path] of files) keepSecret(path);
  return Object.fromEntries(files);
}

/**
 * Starts the embedded database in its own process. It ends with us, even when we are killed: its standard input
 * closes then.
 * @param {Supervisor} supervisor
 * @param {{ dataDir: string }} options
 */
export async function startDatabase(supervisor, { dataDir }) {
  const folder = join(dataDir, 'database');
  let announce = () => {};
  const ready = new Promise((resolve) => {
    announce = resolve;
  });
  const child = supervisor.start(
    'The embedded database',
    process.execPath,
    [inRoot('scripts/embedded-database.mjs'), '--dir', folder],
    {
      isStdinHeld: true,
      logFile: join(dataDir, 'logs', 'database.log'),
      onLine: (line) => {
        const url = readReadyLine(line);
        if (url !== null) announce(url);
      },
    },
  );
  const failed = child.exited.then(({ code }) => {
    const output = child.tail();
    if (code === folderInUse)
      throw new FolderInUse(output.at(-1) ?? `${folder} is in use by another process.`);
    throw new Fault('The embedded database did not start.', output);
  });
  const url = await Promise.race([ready, failed]);
  return { child, url };
}

/** @returns {string | null} the address in the line that says the database is ready */
function readReadyLine(line) {
  if (!line.startsWith('{')) return null;
  const message = JSON.parse(line);
  return message.ready === true ? message.url : null;
}

/**
 * @param {Supervisor} supervisor
 * @param {{ env: NodeJS.ProcessEnv, dataDir: string }} options
 */
export const migrate = (supervisor, { env, dataDir }) =>
  supervisor.run('The migration of the database', process.execPath, serverTypescript('scripts/migrate.ts'), {
    env,
    logFile: join(dataDir, 'logs', 'migrate.log'),
  });

/**
 * Starts a vendor's emulator and waits until it answers.
 * @param {Supervisor} supervisor
 * @param {{ kind: 'openrouter' | 'requesty', port: number, keys: number, seed: number, historyDays: number,
 *   anchor: string, managementKey: string, dataDir: string, callsPerMinute?: number }} options
 */
export async function startEmulator(supervisor, options) {
  const { kind, port, keys, seed, historyDays, anchor, managementKey, dataDir, callsPerMinute } = options;
  const numbers = ['--port', port, '--keys', keys, '--seed', seed, '--history-days', historyDays].map(String);
  if (callsPerMinute !== undefined) numbers.push('--rate-limit', String(callsPerMinute));
  const child = supervisor.start(
    `The ${kind} emulator`,
    process.execPath,
    [
      ...endWithUs,
      ...typescript(`lib/emulators/${kind}/cli.ts`, [
        ...numbers,
        '--management-key',
        managementKey,
        '--anchor',
        anchor,
        '--live',
      ]),
    ],
    { isStdinHeld: true, env: isolatedEnv({}), logFile: join(dataDir, 'logs', `${kind}.log`) },
  );
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([
    waitForHttp(url, { timeoutMs: readyMs }),
    child.exited.then(() => supervisor.guard(child)),
  ]);
  return { child, url };
}

/**
 * Starts the catcher of mails and webhook calls and waits until its inbox answers.
 * @param {Supervisor} supervisor
 * @param {{ port: number, smtpPort: number, dataDir: string }} options
 */
export async function startMailCatcher(supervisor, { port, smtpPort, dataDir }) {
  const child = supervisor.start(
    'The mail catcher',
    process.execPath,
    [
      ...endWithUs,
      ...typescript('lib/emulators/mail/cli.ts', ['--port', String(port), '--smtp-port', String(smtpPort)]),
    ],
    { isStdinHeld: true, env: isolatedEnv({}), logFile: join(dataDir, 'logs', 'mail.log') },
  );
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([
    waitForHttp(url, { timeoutMs: readyMs }),
    child.exited.then(() => supervisor.guard(child)),
  ]);
  return { child, url };
}

/**
 * Starts the console and waits until its database is migrated and a first page comes.
 * @param {Supervisor} supervisor
 * @param {{ mode: 'start' | 'dev', host: string, port: number, env: NodeJS.ProcessEnv, dataDir: string,
 *   onLine?: (line: string) => void }} options
 */
export async function startConsole(supervisor, { mode, host, port, env, dataDir, onLine }) {
  const child = supervisor.start(
    'The console',
    process.execPath,
    [...endWithUs, inRoot('node_modules/next/dist/bin/next'), mode, '-H', host, '-p', String(port)],
    {
      isStdinHeld: true,
      env: { ...env, NODE_ENV: mode === 'dev' ? 'development' : 'production' },
      logFile: join(dataDir, 'logs', 'console.log'),
      onLine,
    },
  );
  const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  const becameReady = async () => {
    await waitForHttp(`${url}/api/ready`, { timeoutMs: readyMs, isReady: (status) => status === 200 });
    await waitForHttp(`${url}/sign-in`, { timeoutMs: readyMs });
  };
  await Promise.race([becameReady(), child.exited.then(() => supervisor.guard(child))]);
  return { child, url };
}
