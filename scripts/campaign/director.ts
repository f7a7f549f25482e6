import { log } from '@/lib/utils/log';
import { checkDrift } from './checks/check-drift';
import { checkEffects } from './checks/check-effects';
import { checkMirror } from './checks/check-mirror';
import { checkOwners } from './checks/check-owners';
import { checkRaises } from './checks/check-raises';
import { checkBulk, checkRecord } from './checks/check-record';
import { checkRequests } from './checks/check-requests';
import { type Evidence, gatherEvidence } from './checks/evidence';
import { markPlan, planRound } from './plan';
import { printReport } from './report';
import { countWork, waitForRest } from './rest';
import { playRound } from './round';
import { readSettings, type Settings } from './settings';
import { createWorld, type World } from './world';

const ROUNDS_A_CHECK = 5;
const PROGRESS_EVERY_MS = 10_000;
const MOST_LOOKS = 8;
/** So many violations, and more rounds would tell nothing new. */
const MOST_VIOLATIONS = 25;

log.level = 'fatal';

/** Told to end: what was done so far is printed, and nothing is checked any more. */
const interrupted = new Promise<null>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve(null));
});

/** Both sides of one moment: when something was done while they were looked at, they are looked at once more. */
async function gatherAtRest(world: World, leapMs: number): Promise<Evidence | null> {
  for (let tries = 1; tries <= MOST_LOOKS; tries += 1) {
    if (!(await waitForRest(world, tries === 1 ? leapMs : 0))) return null;
    const before = await countWork(world);
    const evidence = await gatherEvidence(world);
    if ((await countWork(world)) === before) return evidence;
  }
  world.tally.violate('rest comes', 'Keyward goes on making changes by itself');
  return null;
}

async function check(world: World, leapMs: number): Promise<Evidence | null> {
  const evidence = await gatherAtRest(world, leapMs);
  if (evidence === null) return null;
  checkMirror(evidence);
  checkOwners(evidence);
  checkEffects(evidence);
  await checkRecord(evidence);
  checkBulk(evidence);
  checkRaises(evidence);
  checkDrift(evidence);
  checkRequests(evidence);
  for (const instance of world.instances) {
    for (const text of instance.broken.splice(0)) world.tally.violate('nothing breaks unseen', text);
  }
  world.tally.checks += 1;
  return evidence;
}

function tellProgress(world: World, settings: Settings): void {
  const { tally } = world;
  const parts = [
    `round ${tally.rounds} of ${settings.rounds}`,
    `${tally.operations.total} operations`,
    `${tally.faults.total} faults`,
    `${tally.kills.total} kills`,
    `${tally.violations.length} violations`,
  ];
  console.log(`  ${parts.join(', ')}`);
}

async function play(world: World, settings: Settings): Promise<Evidence | null> {
  const until = Date.now() + settings.seconds * 1_000;
  let toldAt = Date.now();
  let evidence: Evidence | null = null;
  for (let round = 1; round <= settings.rounds; round += 1) {
    world.tally.round = round;
    const plan = planRound(settings.seed, round);
    world.tally.plan = markPlan(world.tally.plan, plan);
    await playRound(world, plan);
    const isLast = round === settings.rounds || Date.now() > until;
    if (round % ROUNDS_A_CHECK === 0 || isLast) evidence = await check(world, plan.leapMs);
    if (Date.now() - toldAt > PROGRESS_EVERY_MS) {
      tellProgress(world, settings);
      toldAt = Date.now();
    }
    if (isLast || world.tally.violations.length >= MOST_VIOLATIONS) return evidence;
  }
  return evidence;
}

async function run(): Promise<number> {
  const settings = readSettings();
  const world = await createWorld(settings);
  const startedAt = Date.now();
  console.log(`  ${world.place.description}, seed ${settings.seed}, ${settings.rounds} rounds`);
  try {
    const evidence = await Promise.race([play(world, settings), interrupted]);
    printReport(world, settings, evidence, Date.now() - startedAt);
    return world.tally.violations.length > 0 ? 1 : 0;
  } finally {
    await world.end();
  }
}

const code = await run().catch((error: unknown) => {
  console.error(error);
  return 2;
});
process.exit(code);
