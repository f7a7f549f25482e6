import { z } from 'zod';
import { limitOf } from '@/lib/server/keys/load-key';
import {
  drawDrift,
  drawRaise,
  drawRaiseSteering,
  drawRotation,
  drawRotationSteering,
} from './lasting-operations';
import { ownAmount } from './outside';
import { changeOf, type Draw, type Operation, pickKey, type Sight, vendorOf } from './sight';
import type { World, WorldVendor } from './world';

function drawLimit(world: World, vendor: WorldVendor) {
  const { random } = world;
  if (random.next() < 0.04) return { kind: 'unlimited' as const };
  const isMonthly = vendor.provider === 'requesty' || random.next() < 0.6;
  const period = isMonthly ? ('monthly' as const) : random.pick(['daily', 'weekly', 'total'] as const);
  return { kind: 'capped' as const, amount: String(ownAmount(world)), period };
}

function inDays(world: World, days: number): string {
  return new Date(Math.floor((world.now().getTime() + days * 86_400_000) / 1_000) * 1_000).toISOString();
}

function drawCreate(world: World, sight: Sight): Record<string, unknown> {
  const { random } = world;
  const vendor = random.pick(world.vendors);
  const limit = drawLimit(world, vendor);
  world.serial += 1;
  const alike = sight.keys.filter(({ connectionId }) => connectionId === vendor.connectionId);
  const name = random.next() < 0.12 && alike.length > 0 ? random.pick(alike).name : `made-${world.serial}`;
  const isCurrent = vendor.name === 'requesty';
  return {
    connectionId: vendor.connectionId,
    name,
    limit,
    labels: isCurrent && random.next() < 0.3 ? { stage: `s${world.serial}` } : {},
    expiresAt:
      vendor.name !== 'requesty-classic' && random.next() < 0.2 ? inDays(world, random.int(30, 300)) : null,
    permissions:
      vendor.provider === 'requesty' && random.next() < 0.3 ? { manage: 'none', completions: 'write' } : null,
  };
}

const draws: Readonly<Record<string, readonly [weight: number, draw: Draw]>> = {
  create: [14, (world, sight) => ({ verb: 'create', label: 'create', input: drawCreate(world, sight) })],
  'hand over': [
    7,
    (world, sight) => ({
      verb: 'hand over',
      label: 'hand over',
      input: { ...drawCreate(world, sight), handOver: { lifetimeHours: world.random.pick([1, 1, 24]) } },
    }),
  ],
  limit: [24, drawLimitChange],
  rename: [
    8,
    (world, sight) => {
      const key = pickKey(world, sight, ['openrouter']);
      world.serial += 1;
      return key && changeOf('rename', key, { seenName: key.name, name: `named-${world.serial}` });
    },
  ],
  state: [
    14,
    (world, sight) => {
      const key = pickKey(world, sight, ['openrouter']);
      return (
        key && {
          ...changeOf('state', key, { isDisabled: !key.isDisabled }),
          label: key.isDisabled ? 'enable' : 'disable',
        }
      );
    },
  ],
  labels: [
    6,
    (world, sight) => {
      const key = pickKey(world, sight, ['requesty']);
      world.serial += 1;
      return (
        key && changeOf('labels', key, { seenLabels: key.labels, labels: { stage: `s${world.serial}` } })
      );
    },
  ],
  expiry: [
    6,
    (world, sight) => {
      const key = pickKey(world, sight, ['requesty']);
      world.serial += 1;
      return key && changeOf('expiry', key, { expiresAt: inDays(world, 30 + world.serial) });
    },
  ],
  delete: [
    8,
    (world, sight) => {
      const key = pickKey(world, sight);
      return key && changeOf('delete', key, { typedName: key.name });
    },
  ],
  bulk: [5, drawBulk],
  'undo delete': [
    5,
    (world, sight) => {
      const waiting = sight.keys.filter(({ deleteAfter }) => deleteAfter !== null);
      return waiting.length === 0 ? null : changeOf('undo delete', world.random.pick(waiting), {});
    },
  ],
  raise: [10, drawRaise],
  'raise steering': [4, drawRaiseSteering],
  drift: [9, drawDrift],
  rotation: [6, drawRotation],
  'rotation steering': [5, drawRotationSteering],
  'bulk steering': [3, drawSteering],
  read: [
    4,
    (world) => ({
      verb: 'read',
      label: 'read',
      input: { connectionId: world.random.pick(world.vendors).connectionId },
    }),
  ],
  collect: [5, drawCollect],
  'revoke hand-over': [2, drawRevoke],
  incident: [5, drawIncident],
};

function drawLimitChange(world: World, sight: Sight): Operation | null {
  const key = pickKey(world, sight);
  if (!key) return null;
  const seen = { limit: limitOf(key), includeByokInLimit: key.includeByokInLimit };
  return changeOf('limit', key, { seen, limit: drawLimit(world, vendorOf(world, key.connectionId)) });
}

function drawBulk(world: World, sight: Sight): Operation | null {
  const { random } = world;
  const count = Math.min(sight.keys.length, random.int(3, 12));
  const chosen = new Set<number>();
  for (let drawn = 0; drawn < count; drawn += 1) chosen.add(random.pick(sight.keys).id);
  if (chosen.size === 0) return null;
  const amount = String(ownAmount(world));
  const [label, action] = random.pick([
    ['bulk limit', { kind: 'set_limit', rule: { by: 'amount', amount } }],
    ['bulk limit', { kind: 'set_limit', rule: { by: 'percent', percent: random.int(-20, 30) } }],
    ['bulk disable', { kind: 'disable', isCapInstead: random.next() < 0.5 }],
    ['bulk enable', { kind: 'enable' }],
    ['bulk delete', { kind: 'delete' }],
  ] as const);
  const keyIds = action.kind === 'delete' ? [...chosen].slice(0, 3) : [...chosen];
  return { verb: 'bulk', label, input: { keyIds, action } };
}

function drawSteering(world: World, sight: Sight): Operation | null {
  const { random } = world;
  const open = sight.runs.filter(({ state }) => state === 'running' || state === 'paused');
  if (open.length === 0) return null;
  const run = random.pick(open);
  const verb = run.state === 'paused' ? 'bulk resume' : random.pick(['bulk pause', 'bulk cancel']);
  return { verb, label: verb, input: { runId: run.id } };
}

function pickLink(world: World): [string, string] | null {
  const open = [...world.links];
  return open.length === 0 ? null : world.random.pick(open);
}

function drawCollect(world: World): Operation | null {
  const link = pickLink(world);
  return link && { verb: 'collect', label: 'collect', input: { handOverId: link[0], linkKey: link[1] } };
}

function drawRevoke(world: World): Operation | null {
  const link = pickLink(world);
  return link && { verb: 'revoke hand-over', label: 'revoke hand-over', input: { handOverId: link[0] } };
}

/** A person who looks at the provider answers rightly: the key that came from the lost create, or that none did. */
async function drawIncident(world: World, sight: Sight): Promise<Operation | null> {
  const asked = sight.incidents.filter(({ kind }) => kind === 'create_ambiguous');
  const { random } = world;
  if (asked.length === 0 || random.next() < 0.5) return null;
  const incident = random.pick(asked);
  const vendor = vendorOf(world, incident.connectionId ?? 0);
  const made = (await vendor.effects()).filter(({ op, by }) => op === 'create' && by === 'api');
  const right = candidatesOf(incident.facts).find((id) => made.some(({ key }) => key === id));
  return {
    verb: 'decide lost create',
    label: 'answer incident',
    input: { changeId: incident.changeId, externalId: right ?? null },
  };
}

const factsSchema = z.object({ candidates: z.array(z.object({ externalId: z.string() })) });

/** The keys that an incident asks about; none for one of another kind. */
export function candidatesOf(facts: unknown): readonly string[] {
  const parsed = factsSchema.safeParse(facts);
  return parsed.success ? parsed.data.candidates.map(({ externalId }) => externalId) : [];
}

/** Draws what someone does next; null when what was drawn has nothing to be done to. */
export async function drawOperation(world: World, sight: Sight): Promise<Operation | null> {
  const { random } = world;
  const all = Object.values(draws);
  let left = random.next() * all.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, draw] of all) {
    left -= weight;
    if (left <= 0) return draw(world, sight);
  }
  return null;
}
