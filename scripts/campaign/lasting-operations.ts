import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { limitOf } from '@/lib/server/keys/load-key';
import { ownAmount } from './outside';
import { changeOf, type Operation, pickKey, type Sight } from './sight';
import type { World } from './world';

// What lasts longer than a click: raises, drift that waits for a decision, rotations.

/** To several times the limit, for some minutes: it ends while the campaign runs. */
export function drawRaise(world: World, sight: Sight): Operation | null {
  const key = pickKey(world, sight);
  const limit = key && limitOf(key);
  if (limit?.kind !== 'capped') return null;
  const amount = (Number(limit.amount) + ownAmount(world)).toFixed(2);
  const seen = { limit, includeByokInLimit: key?.includeByokInLimit ?? null };
  return (
    key &&
    changeOf('raise', key, {
      seen,
      limit: { ...limit, amount },
      endsAt: inMinutes(world, world.random.pick([2, 6, 20, 90])),
    })
  );
}

function inMinutes(world: World, minutes: number): string {
  return new Date(world.now().getTime() + minutes * 60_000).toISOString();
}

export function drawRaiseSteering(world: World, sight: Sight): Operation | null {
  const { random } = world;
  if (sight.raises.length === 0) return null;
  const raise = random.pick(sight.raises);
  const ids = { raiseId: raise.id, reason: 'Campaign' };
  switch (random.int(0, 2)) {
    case 0:
      return { verb: 'end raise', label: 'end raise', input: ids };
    case 1: {
      const times = { seenEndsAt: raise.endsAt.toISOString(), endsAt: inMinutes(world, random.int(3, 60)) };
      return { verb: 'extend raise', label: 'extend raise', input: { ...ids, ...times } };
    }
    default: {
      const limit = { kind: 'capped', amount: String(ownAmount(world) / 2), period: 'monthly' };
      const input = {
        keyId: raise.keyId,
        seen: limitSchema.parse(raise.baseLimit),
        limit,
        reason: 'Campaign',
      };
      return { verb: 'base limit', label: 'base limit', input };
    }
  }
}

export function drawDrift(world: World, sight: Sight): Operation | null {
  const { random } = world;
  if (sight.drift.length === 0) return null;
  const { id: itemId, digest, keyName } = random.pick(sight.drift);
  const items = [{ itemId, digest }];
  const verb = random.pick([
    'adopt drift',
    'adopt drift',
    'put drift back',
    'put drift back',
    'ignore drift',
  ]);
  if (verb === 'adopt drift') return { verb, label: verb, input: { items, reason: '' } };
  if (verb === 'ignore drift')
    return { verb, label: verb, input: { items, until: inMinutes(world, 30), reason: '' } };
  const way = random.pick(['disable', 'delete']);
  return { verb, label: verb, input: { itemId, digest, way, typedName: keyName, reason: '' } };
}

export function drawRotation(world: World, sight: Sight): Operation | null {
  const { random } = world;
  const key = pickKey(world, sight);
  world.serial += 1;
  const handOver = random.next() < 0.5 ? { lifetimeHours: random.pick([1, 24]) } : null;
  return (
    key &&
    changeOf('rotate', key, { name: `rotated-${world.serial}`, quietHours: random.pick([1, 2]), handOver })
  );
}

export function drawRotationSteering(world: World, sight: Sight): Operation | null {
  const { random } = world;
  if (sight.rotations.length === 0) return null;
  const { id: rotationId } = random.pick(sight.rotations);
  const verb = random.pick(['wait longer', 'retire now', 'go back']);
  const input = verb === 'wait longer' ? { rotationId, hours: 1 } : { rotationId, reason: 'Campaign' };
  return { verb, label: verb, input };
}
