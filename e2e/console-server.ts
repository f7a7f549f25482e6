import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findAnyPort } from '../scripts/lib/ports.mjs';
import { seedSample } from '../scripts/lib/seed.mjs';
import {
  migrate,
  sampleConsoleEnv,
  serverTypescript,
  startConsole,
  startDatabase,
} from '../scripts/lib/services.mjs';
import { Supervisor } from '../scripts/lib/supervisor.mjs';

const accountSchema = z.object({
  role: z.enum(['admin', 'finance', 'lead']),
  email: z.string(),
  password: z.string(),
});
export type Account = z.infer<typeof accountSchema>;

/** A console of its own, with its own database, and where its files are. */
export type ConsoleServer = {
  readonly url: string;
  readonly accounts: readonly Account[];
  readonly dataDir: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
};

const accountsFile = 'accounts.json';

const makeFolder = (name: string) => mkdtemp(join(tmpdir(), `keyward-e2e-${name}-`));

/**
 * Makes a migrated database with one account a role, once a run. Copying it is quicker than making each.
 * @returns its folder, which holds the secrets that belong to it too
 */
export async function createTemplate(): Promise<string> {
  const dataDir = await makeFolder('template');
  const supervisor = new Supervisor();
  try {
    const { url } = await startDatabase(supervisor, { dataDir });
    const env = sampleConsoleEnv({ dataDir, databaseUrl: url, publicUrl: 'http://127.0.0.1' });
    await migrate(supervisor, { env, dataDir });
    const accounts = await seedSample(supervisor, { env, dataDir, accountsOnly: true });
    await writeFile(join(dataDir, accountsFile), JSON.stringify(accounts), { mode: 0o600 });
  } finally {
    await supervisor.stopAll();
  }
  return dataDir;
}

/** Where the sample's connections lead: settings that `scripts/seed-demo.ts` reads. */
export type SampleSource = Readonly<Record<`KEYWARD_DEMO_${string}`, string>>;

type ConsoleOptions = {
  readonly sample: SampleSource | null;
  readonly smtpUrl: string;
  /** Whether the console may call this machine, where the emulators are. */
  readonly isPrivateAllowed: boolean;
};

/**
 * Starts a console from the build that is there, on a copy of the template and on a free port. With a source, its
 * connections, keys, usage and teams are read in first, through the product's own code.
 */
export async function startConsoleServer(
  templateDir: string,
  { sample, smtpUrl, isPrivateAllowed }: ConsoleOptions,
): Promise<ConsoleServer> {
  const dataDir = await makeFolder('console');
  const supervisor = new Supervisor();
  const stop = async () => {
    await supervisor.stopAll();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await cp(templateDir, dataDir, { recursive: true });
    await mkdir(join(dataDir, 'logs'), { recursive: true });
    const accounts = z
      .array(accountSchema)
      .parse(JSON.parse(await readFile(join(dataDir, accountsFile), 'utf8')));
    const host = '127.0.0.1';
    const port = await findAnyPort(host);
    const { url: databaseUrl } = await startDatabase(supervisor, { dataDir });
    const publicUrl = `http://${host}:${port}`;
    const env = sampleConsoleEnv({ dataDir, databaseUrl, publicUrl, smtpUrl, isPrivateAllowed });
    if (sample) await seedSample(supervisor, { env: { ...env, ...sample }, dataDir });
    const { url } = await startConsole(supervisor, { mode: 'start', host, port, env, dataDir });
    return { url, accounts, dataDir, databaseUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A console that nobody has set up yet, and the link that its terminal would show. */
export async function startUnsetConsole(): Promise<
  Pick<ConsoleServer, 'url' | 'stop'> & { readonly setupUrl: string }
> {
  const dataDir = await makeFolder('unset');
  const supervisor = new Supervisor();
  const stop = async () => {
    await supervisor.stopAll();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const host = '127.0.0.1';
    const port = await findAnyPort(host);
    const { url: databaseUrl } = await startDatabase(supervisor, { dataDir });
    const env = sampleConsoleEnv({ dataDir, databaseUrl, publicUrl: `http://${host}:${port}` });
    await migrate(supervisor, { env, dataDir });
    const lines: string[] = [];
    await supervisor.run('The set-up link', process.execPath, serverTypescript('scripts/setup-link.ts'), {
      env,
      onLine: (line: string) => lines.push(line),
    });
    const setupUrl = lines.find((line) => line.includes('/setup?token='))?.trim();
    if (!setupUrl) throw new Error('No set-up link was printed.');
    const { url } = await startConsole(supervisor, { mode: 'start', host, port, env, dataDir });
    return { url, setupUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The console's own log, to be kept beside the trace of a failed test. */
export const readConsoleLog = (server: ConsoleServer) =>
  readFile(join(server.dataDir, 'logs', 'console.log'), 'utf8');
