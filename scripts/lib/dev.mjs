import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { readInteger, readOptions } from './options.mjs';
import { inRoot } from './paths.mjs';
import { startSampleStack } from './sample-stack.mjs';
import { runSession } from './session.mjs';
import { printSignIns } from './sign-ins.mjs';

const dataDir = inRoot('.data', 'dev');

const help = `npm run dev -- [options]

For those who work on Keyward: an embedded database, both emulators and \`next dev\`, with the demo's sample data.

  --port N     port of the console (3100), else the next free one
  --keys N     keys at each emulated provider (120)
  --help       this text

Data, secrets and logs are in .data/dev.`;

const optionTypes = {
  port: { type: 'string', default: '3100' },
  keys: { type: 'string', default: '120' },
};

export const runDev = () =>
  runSession(async ({ board, supervisor }) => {
    const values = readOptions(optionTypes, help);
    const port = readInteger('port', values.port, { min: 1, max: 65_535 });
    const keys = readInteger('keys', values.keys, { min: 1, max: 20_000 });
    console.log('\n  Keyward for development\n');
    await board.step('Packages', (note) => ensureInstalled(supervisor, note));
    const options = { dataDir, port, emulatorPort: 4030, keys, mode: 'dev', onLine: console.log };
    const { url, inboxUrl, accounts, children } = await startSampleStack({ board, supervisor }, options);
    console.log(`\n  ${url}\n  Inbox: ${inboxUrl}\n`);
    printSignIns(accounts);
    console.log('');
    await Promise.race(
      children.map((child) => supervisor.guard(child, `Its log is in ${join(dataDir, 'logs')}.`)),
    );
  });
