import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../lib/fault.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { readInteger, readOptions } from '../lib/options.mjs';
import { inRoot } from '../lib/paths.mjs';
import { isolatedEnv, serverTypescript } from '../lib/services.mjs';
import { runSession } from '../lib/session.mjs';

const help = `npm run campaign -- [options]

Plays random operations of several people against Keyward, its emulated providers (OpenRouter and both generations
of Requesty) misbehave at random, and the whole Keyward process is killed at random moments and started again. After
every few rounds it waits for rest and compares what Keyward says with what truly happened at the providers. Prints
what it did; the exit code is 1 when anything was violated.

  --rounds N    rounds of some operations each (500)
  --seed S      what is drawn; the same seed plays the same plan of operations, faults and kills (1). Which of two
                concurrent things comes first is the machine's affair: a violation may need several runs to come again.
  --seconds N   end after so many seconds, however many rounds were played
  --bulk-500    instead: 500 limits in one bulk run at a provider that takes 60 calls a minute, with Keyward killed
                and started again in the middle; about ten minutes, most of it waiting
  --keep        keep the temporary folder with the logs of the killed processes
  --help        this text

With DATABASE_URL it makes a database of its own on that PostgreSQL, plays with two instances of Keyward at once and
drops the database at the end; without it, it uses an embedded database in a temporary folder, which is killed too.`;

const optionTypes = {
  rounds: { type: 'string', default: '500' },
  seed: { type: 'string', default: '1' },
  seconds: { type: 'string', default: '86400' },
  'bulk-500': { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
};

function readPlan() {
  const values = readOptions(optionTypes, help);
  return {
    rounds: readInteger('rounds', values.rounds, { min: 1, max: 1_000_000 }),
    seconds: readInteger('seconds', values.seconds, { min: 10, max: 1_000_000 }),
    seed: values.seed,
    isBulk: values['bulk-500'],
    isKept: values.keep,
  };
}

/** Ctrl-C ends the director first: it prints what it has and ends what it started. */
export const runCampaign = () =>
  runSession(async ({ board, supervisor }) => {
    const plan = readPlan();
    const folder = mkdtempSync(join(tmpdir(), 'keyward-campaign-'));
    if (!plan.isKept) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    await board.step('Packages', (note) => ensureInstalled(supervisor, note));
    const { DATABASE_URL: server = '' } = process.env;
    const settings = { ...plan, folder, databaseUrl: server };
    const file = plan.isBulk ? 'scripts/campaign/bulk-500.ts' : 'scripts/campaign/director.ts';
    const child = supervisor.start(
      'The campaign',
      process.execPath,
      serverTypescript(file, [JSON.stringify(settings)]),
      {
        cwd: inRoot(),
        env: isolatedEnv({ KEYWARD_LOG_LEVEL: 'error' }),
        isStdinHeld: true,
        onLine: (line) => board.print(line),
      },
    );
    const { code, signal } = await child.exited;
    if (plan.isKept) board.print(`  Kept: ${folder}`);
    if (code === 0 || code === 1) return code;
    throw new Fault(`The campaign ended by ${signal ?? `exit code ${code}`}.`);
  });
