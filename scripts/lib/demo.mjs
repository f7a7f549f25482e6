import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { readInteger, readOptions } from './options.mjs';
import { inRoot } from './paths.mjs';
import { formatDuration } from './progress-board.mjs';
import { startSampleStack } from './sample-stack.mjs';
import { FolderInUse, startDatabase } from './services.mjs';
import { runSession } from './session.mjs';
import { printSignIns } from './sign-ins.mjs';

const dataDir = inRoot('.data', 'demo');

const help = `npm run demo -- [options]

Keyward with sample data on this machine alone: the console, an embedded database, an emulator each of
OpenRouter and Requesty, and an inbox that takes every mail and webhook call. The first run installs and builds; Ctrl-C ends everything.

  --port N     port of the console (3000), else the next free one
  --keys N     keys at each emulated provider (120)
  --reset      begins again: removes the demo's own data folder
  --help       this text

Data, secrets and logs are in .data/demo; npm start keeps its own in .data, so the two never mix. The emulators
live in memory and begin anew from their seed at each start: keys that you created there in an earlier run are
gone then, and the console marks them so. A file .env is not needed.`;

const optionTypes = {
  port: { type: 'string', default: '3000' },
  keys: { type: 'string', default: '120' },
  reset: { type: 'boolean', default: false },
};

/** Refuses while another run uses the folder, whose database would write into files that are gone. */
async function removeData(supervisor) {
  if (existsSync(join(dataDir, 'database'))) {
    try {
      const { child } = await startDatabase(supervisor, { dataDir });
      await child.stop();
    } catch (error) {
      if (error instanceof FolderInUse) throw error;
    }
  }
  rmSync(dataDir, { recursive: true, force: true });
}

export const runDemo = () =>
  runSession(async ({ board, supervisor }) => {
    const startedAt = performance.now();
    const values = readOptions(optionTypes, help);
    const port = readInteger('port', values.port, { min: 1, max: 65_535 });
    const keys = readInteger('keys', values.keys, { min: 1, max: 20_000 });
    console.log('\n  Keyward demo\n');
    await board.step('Packages', (note) => ensureInstalled(supervisor, note));
    if (values.reset) await board.step('Removal of earlier data', () => removeData(supervisor));
    await board.step('Build', (note) =>
      ensureBuilt(supervisor, note, { logFile: join(dataDir, 'logs', 'build.log') }),
    );
    const options = { dataDir, port, emulatorPort: 4010, keys, mode: 'start' };
    const { url, inboxUrl, accounts, children } = await startSampleStack({ board, supervisor }, options);
    console.log(`\n  Ready after ${formatDuration(performance.now() - startedAt)}:  ${url}\n`);
    printSignIns(accounts);
    console.log(`\n  Mails end in an inbox that you can open:  ${inboxUrl}`);
    console.log('\n  Look first at Keys, sorted by spend: one of them has run away, so give it a limit.');
    console.log('  Ctrl-C ends everything that this command started.\n');
    await Promise.race(
      children.map((child) => supervisor.guard(child, `Its log is in ${join(dataDir, 'logs')}.`)),
    );
  });
