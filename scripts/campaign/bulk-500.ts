import { setTimeout as sleep } from 'node:timers/promises';
import { and, count, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { bulkItems, bulkRuns, changes, keys } from '@/lib/db/schema';
import { log } from '@/lib/utils/log';
import { readSettings } from './settings';
import { createWorld, type World } from './world';

const LIMITS = 500;
const KILL_EVERY_MS = 150_000;
const DOWN_MS = 3_000;
const TELL_EVERY_MS = 30_000;
const AMOUNT = '77.77';

log.level = 'fatal';

let isInterrupted = false;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isInterrupted = true;
  });
}

async function startRun(world: World): Promise<string> {
  const [instance] = world.instances;
  const [person] = world.people;
  if (!instance || !person) throw new Error('nobody is there');
  const rows = await world.place.db
    .select({ id: keys.id })
    .from(keys)
    .where(and(isNull(keys.deletedAt), isNull(keys.goneAt)))
    .limit(LIMITS);
  const input = {
    keyIds: rows.map(({ id }) => id),
    action: {
      kind: 'set_limit',
      rule: { by: 'limit', limit: { kind: 'capped', amount: AMOUNT, period: 'monthly' } },
    },
  };
  const answer = await instance.do('bulk', person, input);
  if (answer.kind !== 'done') throw new Error(`the run did not start: ${JSON.stringify(answer)}`);
  return z.object({ runId: z.string() }).parse(answer.data).runId;
}

async function statesOf(world: World, runId: string): Promise<Map<string, number>> {
  const rows = await world.place.db
    .select({ state: bulkItems.state, items: count() })
    .from(bulkItems)
    .where(eq(bulkItems.runId, runId))
    .groupBy(bulkItems.state);
  return new Map(rows.map(({ state, items }) => [state, items]));
}

async function killAndStart(world: World): Promise<void> {
  for (const instance of world.instances) await instance.kill();
  world.tally.kills.add('Keyward');
  await sleep(DOWN_MS);
  for (const instance of world.instances) await instance.start();
}

async function follow(world: World, runId: string, startedAt: number): Promise<void> {
  let killedAt = startedAt;
  let toldAt = 0;
  while (!isInterrupted) {
    const [run] = await world.place.db.select().from(bulkRuns).where(eq(bulkRuns.id, runId));
    if (run?.state === 'finished') return;
    if (Date.now() - toldAt > TELL_EVERY_MS) {
      const states = [...(await statesOf(world, runId))]
        .map(([state, items]) => `${state} ${items}`)
        .join(', ');
      console.log(
        `  ${Math.round((Date.now() - startedAt) / 1_000)} s: ${states}, kills ${world.tally.kills.total}`,
      );
      toldAt = Date.now();
    }
    if (Date.now() - killedAt > KILL_EVERY_MS) {
      await killAndStart(world);
      killedAt = Date.now();
    }
    await sleep(1_000);
  }
}

async function printResult(world: World, runId: string, tookMs: number): Promise<boolean> {
  const states = await statesOf(world, runId);
  const [vendor] = world.vendors;
  const truth = vendor ? await vendor.keys() : [];
  const calls = vendor ? await vendor.takeCalls() : [];
  const right = truth.filter(({ limit }) => limit === `${Number(AMOUNT)} monthly`).length;
  const effects = vendor
    ? (await vendor.effects()).filter(({ op, by }) => op === 'limit' && by === 'api').length
    : 0;
  const [sent] = await world.place.db
    .select({ rows: count() })
    .from(changes)
    .where(eq(changes.parentId, runId));
  const line = (name: string, value: string | number) => console.log(`  ${name.padEnd(24)} ${value}`);
  console.log('');
  line('Database', world.place.description);
  line('Took', `${(tookMs / 60_000).toFixed(1)} minutes, ${world.tally.kills.total} kills (kill -9)`);
  line('Steps of the run', [...states].map(([state, items]) => `${state} ${items}`).join(', '));
  line('Changes in the ledger', sent?.rows ?? 0);
  line(
    'Calls at the provider',
    `${calls.length}, ${calls.filter(({ status }) => status === 429).length} refused (429)`,
  );
  line('Effects at the provider', effects);
  line('Keys with the new limit', right);
  const isWhole = states.get('applied') === LIMITS && right === LIMITS && effects === LIMITS;
  line('Result', isWhole ? 'all done, each exactly once' : 'VIOLATION: not all were done exactly once');
  return isWhole;
}

async function run(): Promise<number> {
  const world = await createWorld(readSettings(), {
    emulators: 'scripts/campaign/limited-emulator.ts',
    callTimeoutMs: 20_000,
    readEverySeconds: 300,
    haste: 1,
  });
  try {
    const startedAt = Date.now();
    const runId = await startRun(world);
    await follow(world, runId, startedAt);
    return (await printResult(world, runId, Date.now() - startedAt)) ? 0 : 1;
  } finally {
    await world.end();
  }
}

const code = await run().catch((error: unknown) => {
  console.error(error);
  return 2;
});
process.exit(code);
