import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createPrng } from '@/lib/emulators/shared/prng';
import { injectFault } from './faults';
import type { Answer, Instance } from './instance';
import { drawOperation } from './operations';
import { changeOutside } from './outside';
import type { PlannedOperation, RoundPlan } from './plan';
import { look, type Operation, type Sight, type Slot } from './sight';
import type { World } from './world';

/** An operation that is not answered while every chore of its process comes round so often hangs. */
const CHORE_ROUNDS_TO_ANSWER = 40;
/** A process in which not even chores come round any more. */
const DEAD_AFTER_MS = 600_000;
const LOOK_EVERY_MS = 10_000;

const SLOTS_A_ROUND = 16;
const SERIALS_A_SLOT = 4;
const OUTSIDE_SLOT = SLOTS_A_ROUND - 1;

const shownSchema = z.object({ secret: z.string(), changeId: z.string().optional() });
const handedSchema = z.object({ handOverId: z.string(), linkKey: z.string() });
const collectedSchema = z.object({ requestId: z.string() });

function at<T>(list: readonly T[], fraction: number): T {
  const found = list[Math.floor(fraction * list.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

function serialsOf(round: number, slot: number): () => number {
  let next = (round * SLOTS_A_ROUND + slot) * SERIALS_A_SLOT;
  return () => next++;
}

/** Some people do some things at once, while providers misbehave, clocks jump and processes are killed. */
export async function playRound(world: World, plan: RoundPlan): Promise<void> {
  const { tally } = world;
  const sight = await look(world);
  const acts: (() => Promise<void>)[] = [];
  for (const planned of plan.operations) {
    const operation = await drawOperation(planned.kind, slotOf(world, sight, planned));
    if (operation) acts.push(() => act(world, planned, operation));
    else tally.idle += 1;
  }
  for (const fault of plan.faults) await injectFault(world, fault);
  const { outside, clock, kill } = plan;
  if (outside) acts.push(() => actOutside(world, outside));
  if (clock) acts.push(() => moveClocks(world, clock));
  if (kill) acts.push(() => killAndStart(world, kill));
  await Promise.all(acts.map((start) => start()));
  tally.rounds += 1;
}

function slotOf(world: World, sight: Sight, { seed, slot }: PlannedOperation): Slot {
  return { world, sight, random: createPrng(seed), serial: serialsOf(world.tally.round, slot) };
}

async function actOutside(world: World, { afterMs, seed }: NonNullable<RoundPlan['outside']>): Promise<void> {
  await sleep(afterMs);
  const serial = serialsOf(world.tally.round, OUTSIDE_SLOT);
  await changeOutside({ world, random: createPrng(seed), serial });
}

async function act(world: World, planned: PlannedOperation, operation: Operation): Promise<void> {
  const actorId = operation.actorId ?? at(world.people, planned.person);
  const instance = at(world.instances, planned.instance);
  await sleep(planned.afterMs);
  world.tally.operations.add(operation.label);
  const answer = await withinBound(
    world,
    operation,
    instance,
    instance.do(operation.verb, actorId, operation.input),
  );
  await takeAnswer(world, operation, answer, { actorId, instance });
}

/** A machine under load is slow at everything: what counts is what else the process did meanwhile, not the time. */
async function withinBound(
  world: World,
  { label }: Operation,
  instance: Instance,
  asked: Promise<Answer>,
): Promise<Answer> {
  const begun = instance.choreRounds;
  const until = Date.now() + DEAD_AFTER_MS;
  for (;;) {
    const timer = new AbortController();
    const pause = sleep(LOOK_EVERY_MS, null, { signal: timer.signal }).catch(() => null);
    const answer = await Promise.race([asked, pause]);
    timer.abort();
    if (answer) return answer;
    const rounds = instance.choreRounds - begun;
    if (rounds > CHORE_ROUNDS_TO_ANSWER || Date.now() > until) {
      world.tally.violate(
        'an operation is answered',
        `${label} was not answered in ${rounds} rounds of chores`,
      );
      return { kind: 'lost' };
    }
  }
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
  { verb, input, secretOf }: Operation,
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
  if (secretOf !== undefined && secretOf !== asked.actorId) {
    world.tally.violate('a granted secret goes to who asked', `${JSON.stringify(input)} to ${asked.actorId}`);
  }
  if (verb === 'collect') await confirm(world, asked, 'confirm collected', input);
  else if (verb === 'collect asked') {
    world.collected.add(collectedSchema.parse(input).requestId);
    await confirm(world, asked, 'confirm asked', input);
  } else if (shown.data.changeId)
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
async function killAndStart(world: World, kill: NonNullable<RoundPlan['kill']>): Promise<void> {
  const { tally, place, instances } = world;
  const victims = kill.isAll ? instances : [at(instances, kill.instance)];
  const isWithDatabase = place.kind === 'embedded' && kill.isWithDatabase;
  await sleep(kill.afterMs);
  const gone = victims.map((instance) => instance.kill());
  const hasDatabaseGone = isWithDatabase ? place.kill() : Promise.resolve(false);
  await Promise.all(gone);
  tally.kills.add(isWithDatabase ? 'Keyward and its database' : `Keyward`, victims.length);
  await hasDatabaseGone;
  await place.revive();
  for (const instance of victims) await instance.start();
}

/** All clocks of Keyward, or that of one instance by some seconds. */
async function moveClocks(world: World, clock: NonNullable<RoundPlan['clock']>): Promise<void> {
  const { tally, instances } = world;
  await sleep(clock.afterMs);
  const { skewMs } = clock;
  const isAlone = instances.length > 1 && clock.isAlone;
  if (isAlone) {
    const index = Math.floor(clock.instance * instances.length);
    world.setClocks(world.aheadMs + Math.sign(skewMs) * Math.min(Math.abs(skewMs), 3_000), index);
  } else world.setClocks(world.aheadMs + skewMs);
  tally.clocks.add(skewMs < 0 ? 'back' : 'forward');
}
