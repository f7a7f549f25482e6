import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { Fault } from '../fault.mjs';
import { ensureInstalled } from '../install.mjs';
import { readOptions } from '../options.mjs';
import { inRoot } from '../paths.mjs';
import { formatDuration } from '../progress-board.mjs';
import { runSession } from '../session.mjs';
import { countCheck, describeCounts, sumCounts } from './count-reports.mjs';
import { findChromium } from './find-chromium.mjs';
import { findPostgres } from './find-postgres.mjs';
import { checks, lockFileCheck, suites } from './stages.mjs';

const logFolder = inRoot('.data', 'test-logs');
const isCi = Boolean(process.env.CI) && process.env.CI !== 'false';
const shownLines = 200;
const stageNames = [...checks, ...suites].map(({ name }) => name);

const help = `npm test -- [options]

Everything: checks of the code, unit, contract and database tests (on the embedded database and on PostgreSQL),
the build, and browser tests. Each stage's whole output is in .data/test-logs.

  --only a,b   only these stages
  --skip a,b   all but these stages
  --help       this text

Stages: ${stageNames.join(', ')}

The browser is the one that CHROMIUM names, an installed Chromium or Chrome, or a downloaded one; the PostgreSQL
is the one that TEST_DATABASE_URL names (its tests make and drop schemas there), or a private one that is started
for the tests. What cannot be had is left out and named at the end; with CI set that is a failure.`;

const optionTypes = { only: { type: 'string' }, skip: { type: 'string', default: '' } };

function chosenStages() {
  const values = readOptions(optionTypes, help);
  const list = (text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
  const only = list(values.only ?? stageNames.join(','));
  const skip = list(values.skip);
  const unknown = [...only, ...skip].filter((name) => !stageNames.includes(name));
  if (unknown.length > 0)
    throw new Fault(`There is no stage ${unknown.join(', ')}. Stages: ${stageNames.join(', ')}`);
  const isChosen = ({ name }) => only.includes(name) && !skip.includes(name);
  return { checks: checks.filter(isChosen), suites: suites.filter(isChosen) };
}

/** A stage that failed; its counts are in the results already. */
class StageFailed extends Error {}

/** Runs stages, remembers what became of each. */
class Run {
  results = [];

  constructor(session) {
    this.session = session;
  }

  async stage(stage, tools) {
    const { board, supervisor } = this.session;
    try {
      await board.step(stage.title, async (note) => {
        const counts = await stage.run({ supervisor, logFolder, note, ...tools });
        this.results.push({ stage, counts });
        note(describeCounts(counts));
        if (counts.failed > 0) throw new StageFailed();
      });
    } catch (error) {
      if (error instanceof StageFailed) return;
      this.results.push({ stage, counts: countCheck(false), error });
    }
  }

  leaveOut(stage, reason) {
    this.session.board.print(`  - ${stage.title.padEnd(34)} left out: ${reason}`);
    this.results.push({ stage, leftOut: reason, counts: { passed: 0, failed: isCi ? 1 : 0, skipped: 0 } });
  }
}

async function runLane(run, queue) {
  for (let stage = queue.shift(); stage !== undefined; stage = queue.shift()) await run.stage(stage, {});
}

/** Looks for one thing the suites need; why it is missing is a sentence, not an end of the run. */
async function obtain(run, title, isNeeded, find) {
  if (!isNeeded) return { value: null, reason: '' };
  const { board, supervisor } = run.session;
  try {
    const value = await board.step(title, (note) => find(supervisor, { note, logFolder }));
    return {
      value,
      reason: value === null ? `no ${title} on this machine, and none could be installed` : '',
    };
  } catch (error) {
    return { value: null, reason: error instanceof Fault ? error.message : String(error) };
  }
}

/** One after the other: both may have to install Debian packages. */
async function obtainTools(run, chosen) {
  const isNeeded = (need) => chosen.suites.some(({ needs }) => needs === need);
  const chromium = await obtain(run, 'Chromium', isNeeded('chromium'), findChromium);
  const postgres = await obtain(run, 'PostgreSQL', isNeeded('postgres'), findPostgres);
  return { chromium, postgres };
}

async function runSuites(run, chosen, found) {
  const tools = { chromium: found.chromium.value };
  for (const stage of chosen.suites) {
    const reason = stage.needs ? found[stage.needs].reason : '';
    if (reason) run.leaveOut(stage, reason);
    else await run.stage(stage, tools);
  }
}

function showFailures(results) {
  for (const { stage, counts, leftOut, error } of results) {
    if (counts.failed === 0 || leftOut) continue;
    console.log(`\n──── ${stage.title} (${stage.name}) ────`);
    if (error) console.log(error instanceof Fault ? error.message : error);
    const file = `${logFolder}/${stage.name}.log`;
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    if (lines.length > shownLines)
      console.log(`… the last ${shownLines} of ${lines.length} lines of ${file}`);
    console.log(lines.slice(-shownLines).join('\n'));
  }
  for (const { stage, leftOut } of results) {
    if (leftOut) console.log(`\nLeft out: ${stage.title}: ${leftOut}.`);
  }
}

export const runTests = () =>
  runSession(async (session) => {
    const chosen = chosenStages();
    const startedAt = performance.now();
    const run = new Run(session);
    mkdirSync(logFolder, { recursive: true });
    const install = {
      name: 'install',
      title: 'Packages',
      run: async ({ supervisor, note }) => {
        await ensureInstalled(supervisor, note, { isForced: isCi, logFile: `${logFolder}/install.log` });
        return countCheck(true);
      },
    };
    await run.stage(install, {});
    const isInstalled = run.results.every(({ counts }) => counts.failed === 0);
    if (isInstalled) {
      run.results = [];
      const queue = [...(isCi ? [lockFileCheck] : []), ...chosen.checks];
      const [found] = await Promise.all([obtainTools(run, chosen), runLane(run, queue), runLane(run, queue)]);
      await runSuites(run, chosen, found);
    }
    session.board.close();
    const total = sumCounts(run.results.map(({ counts }) => counts));
    showFailures(run.results);
    console.log(`\nTook ${formatDuration(performance.now() - startedAt)}`);
    console.log(describeCounts(total));
    return total.failed > 0 ? 1 : 0;
  });
