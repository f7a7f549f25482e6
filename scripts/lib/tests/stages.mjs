import { rmSync } from 'node:fs';
import { ensureBuilt } from '../build.mjs';
import { inRoot } from '../paths.mjs';
import { readJson } from '../secrets.mjs';
import { countCheck, countPlaywright, countVitest } from './count-reports.mjs';

/**
 * What a stage needs to run.
 * @typedef {object} Tools
 * @property {import('../supervisor.mjs').Supervisor} supervisor
 * @property {string} logFolder
 * @property {(text: string) => void} note
 * @property {string | null} [chromium]
 *
 * @typedef {object} Stage
 * @property {string} name as `--only` takes it
 * @property {string} title
 * @property {'chromium' | 'postgres'} [needs]
 * @property {(tools: Tools) => Promise<import('./count-reports.mjs').Counts>} run
 */

const bin = (name) => inRoot('node_modules', '.bin', name);
const logFile = (tools, name) => `${tools.logFolder}/${name}.log`;

async function succeeds(tools, name, command, args, env = process.env) {
  const child = tools.supervisor.start(name, command, args, { env, logFile: logFile(tools, name) });
  return (await child.exited).code === 0;
}

/** A check of package.json, so that `npm run check:…` and the tests are one thing. @returns {Stage} */
const check = (name, title) => ({
  name,
  title,
  run: async (tools) => countCheck(await succeeds(tools, name, 'npm', ['run', '--silent', `check:${name}`])),
});

function vitest(name, title, project, added, needs) {
  const run = async (tools) => {
    const outputFile = `${tools.logFolder}/${name}.json`;
    rmSync(outputFile, { force: true });
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
    const env = { ...process.env, NO_COLOR: '1', ...added };
    const isOk = await succeeds(tools, name, bin('vitest'), ['run', '--project', project, ...reporters], env);
    return countVitest(readJson(outputFile), isOk);
  };
  return { name, title, needs, run };
}

/**
 * A plan that is the same on every machine, so that a failure can be looked at again. This seed was picked because its
 * first rounds hold nearly every kind of operation and fault, kills with and without the database, and clocks set back.
 */
async function runShortCampaign(tools) {
  const args = [inRoot('scripts/campaign.mjs'), '--rounds', '10', '--seconds', '240', '--seed', '240'];
  const env = { ...process.env, DATABASE_URL: '' };
  return countCheck(await succeeds(tools, 'campaign', process.execPath, args, env));
}

async function runBuild(tools) {
  await ensureBuilt(tools.supervisor, tools.note, { logFile: logFile(tools, 'build') });
  return countCheck(true);
}

async function runBrowserTests(tools) {
  await ensureBuilt(tools.supervisor, tools.note, { logFile: logFile(tools, 'build') });
  const outputFile = `${tools.logFolder}/e2e.json`;
  rmSync(outputFile, { force: true });
  const env = { ...process.env, NO_COLOR: '1', CHROMIUM: tools.chromium, PLAYWRIGHT_REPORT: outputFile };
  const isOk = await succeeds(tools, 'e2e', bin('playwright'), ['test'], env);
  return countPlaywright(readJson(outputFile), isOk);
}

/** Quick and independent of each other: they run two at a time. @type {Stage[]} */
export const checks = [
  check('types', 'Types'),
  check('lint', 'Lint'),
  check('format', 'Format'),
  check('layers', 'Layers'),
  check('unused', 'Unused code'),
  check('docs', 'Documents'),
];

/** One after another: each of them uses the whole machine. @type {Stage[]} */
export const suites = [
  vitest('unit', 'Unit tests', 'unit', {}),
  vitest('contract', 'Contract tests', 'contract', {}),
  vitest('db-embedded', 'Database tests, embedded', 'db', { KEYWARD_TEST_DATABASE: 'embedded' }),
  vitest(
    'db-postgres',
    'Database tests, PostgreSQL',
    'db',
    { KEYWARD_TEST_DATABASE: 'postgres' },
    'postgres',
  ),
  { name: 'campaign', title: 'Campaign, a short one', run: runShortCampaign },
  { name: 'build', title: 'Build', run: runBuild },
  { name: 'e2e', title: 'Browser tests', needs: 'chromium', run: runBrowserTests },
];

/** Only where the lock file is what counts: a developer's may be in the middle of a change. @type {Stage} */
export const lockFileCheck = {
  name: 'lockfile',
  title: 'Lock file unchanged',
  run: async (tools) => {
    const args = ['diff', '--exit-code', '--stat', '--', 'package-lock.json'];
    return countCheck(await succeeds(tools, 'lockfile', 'git', args));
  },
};
