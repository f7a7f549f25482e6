import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createPrng, type Prng } from '@/lib/emulators/shared/prng';
import { injectFault } from './faults';
import type { Answer, Instance } from './instance';
import { drawOperation } from './operations';
import { changeOutside } from './outside';
import { look, type Operation } from './sight';
import type { World } from './world';

/** An operation that was not answered after so long, in a process that lives, hangs. */
const ANSWER_WITHIN_MS = 60_000;

const shownSchema = z.object({ secret: z.string(), changeId: z.string().optional() });
const handedSchema = z.object({ handOverId: z.string(), linkKey: z.string() });

type Plan = {
  readonly acts: readonly (() => Promise<void>)[];
};

/** Some people do some things at once, while providers misbehave, clocks jump and processes are killed. */
export async function playRound(world: World): Promise<void> {
  const { random, tally } = world;
  const sight = await look(world);
  const operations: Operation[] = [];
  const count = random.int(3, 8);
  for (let drawn = 0; drawn < count; drawn += 1) {
    const operation = await drawOperation(world, sight);
    if (operation) operations.push(operation);
  }
  const faults = random.pick([0, 0, 1, 1, 2, 3]);
  for (let drawn = 0; drawn < faults; drawn += 1) await injectFault(world, random.pick(world.vendors));
  const plan: Plan = {
    acts: [
      ...operations.map((operation) => planOperation(world, operation)),
      ...(random.next() < 0.35 ? [delayed(world, 600, (own) => changeOutside(world, own))] : []),
      ...(random.next() < 0.2 ? [delayed(world, 600, async (own) => moveClocks(world, own))] : []),
      ...(random.next() < 0.3 ? [planKill(world)] : []),
    ],
  };
  await Promise.all(plan.acts.map((act) => act()));
  tally.rounds += 1;
}

/** The delay is drawn now, the work done then, with draws of its own. */
function delayed(world: World, mostMs: number, work: (own: Prng) => Promise<void>): () => Promise<void> {
  const ms = world.random.int(0, mostMs);
  const own = createPrng(world.random.hex(16));
  return async () => {
    await sleep(ms);
    await work(own);
  };
}

function planOperation(world: World, operation: Operation): () => Promise<void> {
  const { random } = world;
  const actorId = random.pick(world.people);
  const instance = random.pick(world.instances);
  return delayed(world, 250, async () => {
    const { tally } = world;
    tally.operations.add(operation.label);
    const answer = await withinBound(world, operation, instance.do(operation.verb, actorId, operation.input));
    await takeAnswer(world, operation, answer, { actorId, instance });
  });
}

async function withinBound(world: World, { label }: Operation, asked: Promise<Answer>): Promise<Answer> {
  const timer = new AbortController();
  const late = sleep(ANSWER_WITHIN_MS, undefined, { signal: timer.signal }).then(
    (): Answer => {
      world.tally.violate('an operation is answered', `${label} was not answered within a minute`);
      return { kind: 'lost' };
    },
    (): Answer => ({ kind: 'lost' }),
  );
  const answer = await Promise.race([asked, late]);
  timer.abort();
  return answer;
}

type Asked = { readonly actorId: string; readonly instance: Instance };

async function takeAnswer(world: World, operation: Operation, answer: Answer, asked: Asked): Promise<void> {
  const { tally } = world;
  switch (answer.kind) {
    case 'lost':
      tally.answers.add('lost with its process');
      return;
    case 'refused':
      tally.answers.add(answer.code);
      return;
    case 'broken':
      tally.answers.add('broken');
      tally.violate(
        'no verb breaks',
        `${operation.label} ${JSON.stringify(operation.input)}: ${answer.text}`,
      );
      return;
    case 'done':
      tally.answers.add('done');
      await takeResult(world, operation, answer.data, asked);
  }
}

/** What a person now holds. The browser confirms that it shows a secret, and tries again while nobody answers. */
async function takeResult(
  world: World,
  { verb, input }: Operation,
  data: unknown,
  asked: Asked,
): Promise<void> {
  if (verb === 'hand over' || verb === 'rotate') {
    const handed = handedSchema.safeParse(data);
    if (handed.success) world.links.set(handed.data.handOverId, handed.data.linkKey);
  }
  const shown = shownSchema.safeParse(data);
  if (!shown.success) return;
  world.seenSecrets.add(shown.data.secret);
  if (verb === 'collect') await confirm(world, asked, 'confirm collected', input);
  else if (shown.data.changeId)
    await confirm(world, asked, 'confirm secret', { changeId: shown.data.changeId });
}

async function confirm(
  world: World,
  { actorId, instance }: Asked,
  verb: string,
  input: unknown,
): Promise<void> {
  for (let tries = 1; tries <= 6; tries += 1) {
    const answer = await instance.do(verb, actorId, input);
    if (answer.kind !== 'lost') {
      world.tally.answers.add(answer.kind === 'done' ? 'seen' : `not seen: ${answer.kind}`);
      return;
    }
    await sleep(400);
  }
}

/** `kill -9` of one instance or of all, on the embedded database often of that too; then they start again. */
function planKill(world: World): () => Promise<void> {
  const { random, tally, place } = world;
  const isAll = random.next() < 0.4;
  const victims = isAll ? world.instances : [random.pick(world.instances)];
  const isWithDatabase = place.kind === 'embedded' && random.next() < 0.35;
  return delayed(world, 1_500, async () => {
    const gone = victims.map((instance) => instance.kill());
    const hasDatabaseGone = isWithDatabase ? place.kill() : Promise.resolve(false);
    await Promise.all(gone);
    tally.kills.add(isWithDatabase ? 'Keyward and its database' : `Keyward`, victims.length);
    await hasDatabaseGone;
    await place.revive();
    for (const instance of victims) await instance.start();
  });
}

/** A clock that stood wrong is set, or a right one is set wrong: together or on one instance alone. */
function moveClocks(world: World, random: Prng): void {
  const { tally } = world;
  const isBack = random.next() < 0.45;
  const size = random.pick([2_000, 20_000, 120_000, 600_000, 4_000_000]);
  const skewMs = random.int(1, size) * (isBack ? -1 : 1);
  const isAlone = world.instances.length > 1 && random.next() < 0.4;
  const moved = isAlone ? [random.pick(world.instances)] : world.instances;
  const ms = isAlone ? Math.sign(skewMs) * Math.min(Math.abs(skewMs), 3_000) : skewMs;
  for (const instance of moved) instance.setClock(world.aheadMs + ms);
  tally.clocks.add(isBack ? 'back' : 'forward');
}
