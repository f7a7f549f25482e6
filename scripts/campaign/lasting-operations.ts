import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { limitOf } from '@/lib/server/keys/load-key';
import { ownAmount } from './amounts';
import { changeOf, inMinutes, type Operation, pickKey, type Slot } from './sight';

// What lasts longer than a click: raises, drift that waits for a decision, rotations.

/** To several times the limit, for some minutes: it ends while the campaign runs. */
export function drawRaise(slot: Slot): Operation | null {
  const key = pickKey(slot);
  const limit = key && limitOf(key);
  if (limit?.kind !== 'capped') return null;
  const amount = (Number(limit.amount) + ownAmount(slot)).toFixed(2);
  const seen = { limit, includeByokInLimit: key?.includeByokInLimit ?? null };
  const endsAt = inMinutes(slot.world, slot.random.pick([2, 6, 20, 90]));
  return key && changeOf('raise', key, { seen, limit: { ...limit, amount }, endsAt });
}

export function drawRaiseSteering(slot: Slot): Operation | null {
  const { world, sight, random } = slot;
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
      const limit = { kind: 'capped', amount: (ownAmount(slot) / 2).toFixed(3), period: 'monthly' };
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

export function drawDrift({ world, sight, random }: Slot): Operation | null {
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

export function drawRotation(slot: Slot): Operation | null {
  const { random } = slot;
  const key = pickKey(slot);
  const name = `rotated-${slot.serial()}`;
  const handOver = random.next() < 0.5 ? { lifetimeHours: random.pick([1, 24]) } : null;
  return key && changeOf('rotate', key, { name, quietHours: random.pick([1, 2]), handOver });
}

export function drawRotationSteering({ sight, random }: Slot): Operation | null {
  if (sight.rotations.length === 0) return null;
  const { id: rotationId } = random.pick(sight.rotations);
  const verb = random.pick(['wait longer', 'retire now', 'go back']);
  const input = verb === 'wait longer' ? { rotationId, hours: 1 } : { rotationId, reason: 'Campaign' };
  return { verb, label: verb, input };
}
