import { z } from 'zod';
import { limitOf } from '@/lib/server/keys/load-key';
import { drawLimit, ownAmount } from './amounts';
import {
  drawDrift,
  drawRaise,
  drawRaiseSteering,
  drawRotation,
  drawRotationSteering,
} from './lasting-operations';
import type { OperationKind } from './plan';
import { drawAsk, drawCollectAsked, drawDecision, drawRequestRetry, drawRules } from './request-operations';
import { changeOf, type Draw, inMinutes, type Operation, pickKey, type Slot, vendorOf } from './sight';

const DAY_MINUTES = 1_440;

/** In whole seconds: a provider keeps no fractions. */
function inDays({ world }: Slot, days: number): string {
  const at = Date.parse(inMinutes(world, days * DAY_MINUTES));
  return new Date(Math.floor(at / 1_000) * 1_000).toISOString();
}

function drawCreate(slot: Slot): Record<string, unknown> {
  const { world, sight, random } = slot;
  const vendor = random.pick(world.vendors);
  const limit = drawLimit(slot, vendor);
  const serial = slot.serial();
  const alike = sight.keys.filter(({ connectionId }) => connectionId === vendor.connectionId);
  const name = random.next() < 0.12 && alike.length > 0 ? random.pick(alike).name : `made-${serial}`;
  const isCurrent = vendor.name === 'requesty';
  return {
    connectionId: vendor.connectionId,
    name,
    limit,
    labels: isCurrent && random.next() < 0.3 ? { stage: `s${serial}` } : {},
    expiresAt:
      vendor.name !== 'requesty-classic' && random.next() < 0.2 ? inDays(slot, random.int(30, 300)) : null,
    permissions:
      vendor.provider === 'requesty' && random.next() < 0.3 ? { manage: 'none', completions: 'write' } : null,
    teamId: random.pick([null, ...world.teams]),
  };
}

const draws: Readonly<Record<OperationKind, Draw>> = {
  create: (slot) => ({ verb: 'create', label: 'create', input: drawCreate(slot) }),
  'hand over': (slot) => {
    const handOver = { lifetimeHours: slot.random.pick([1, 1, 24]) };
    return { verb: 'hand over', label: 'hand over', input: { ...drawCreate(slot), handOver } };
  },
  limit: drawLimitChange,
  rename: (slot) => {
    const key = pickKey(slot, ['openrouter']);
    return key && changeOf('rename', key, { seenName: key.name, name: `named-${slot.serial()}` });
  },
  state: (slot) => {
    const key = pickKey(slot, ['openrouter']);
    const isDisabled = !key?.isDisabled;
    return key && { ...changeOf('state', key, { isDisabled }), label: isDisabled ? 'disable' : 'enable' };
  },
  labels: (slot) => {
    const key = pickKey(slot, ['requesty']);
    const labels = { stage: `s${slot.serial()}` };
    return key && changeOf('labels', key, { seenLabels: key.labels, labels });
  },
  expiry: (slot) => {
    const key = pickKey(slot, ['requesty']);
    return key && changeOf('expiry', key, { expiresAt: inDays(slot, 30 + slot.serial() / 100) });
  },
  delete: (slot) => {
    const key = pickKey(slot);
    return key && changeOf('delete', key, { typedName: key.name });
  },
  bulk: drawBulk,
  'undo delete': ({ sight, random }) => {
    const waiting = sight.keys.filter(({ deleteAfter }) => deleteAfter !== null);
    return waiting.length === 0 ? null : changeOf('undo delete', random.pick(waiting), {});
  },
  raise: drawRaise,
  'raise steering': drawRaiseSteering,
  drift: drawDrift,
  rotation: drawRotation,
  'rotation steering': drawRotationSteering,
  'bulk steering': drawSteering,
  read: ({ world, random }) => ({
    verb: 'read',
    label: 'read',
    input: { connectionId: random.pick(world.vendors).connectionId },
  }),
  collect: drawCollect,
  'revoke hand-over': drawRevoke,
  incident: drawIncident,
  ask: drawAsk,
  decide: drawDecision,
  'retry request': drawRequestRetry,
  'collect asked': drawCollectAsked,
  rules: drawRules,
};

function drawLimitChange(slot: Slot): Operation | null {
  const key = pickKey(slot);
  if (!key) return null;
  const seen = { limit: limitOf(key), includeByokInLimit: key.includeByokInLimit };
  return changeOf('limit', key, { seen, limit: drawLimit(slot, vendorOf(slot.world, key.connectionId)) });
}

function drawBulk(slot: Slot): Operation | null {
  const { sight, random } = slot;
  const count = Math.min(sight.keys.length, random.int(3, 12));
  const chosen = new Set<number>();
  for (let drawn = 0; drawn < count; drawn += 1) chosen.add(random.pick(sight.keys).id);
  if (chosen.size === 0) return null;
  const amount = String(ownAmount(slot));
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

function drawSteering({ sight, random }: Slot): Operation | null {
  const open = sight.runs.filter(({ state }) => state === 'running' || state === 'paused');
  if (open.length === 0) return null;
  const run = random.pick(open);
  const verb = run.state === 'paused' ? 'bulk resume' : random.pick(['bulk pause', 'bulk cancel']);
  return { verb, label: verb, input: { runId: run.id } };
}

function pickLink({ world, random }: Slot): [string, string] | null {
  const open = [...world.links];
  return open.length === 0 ? null : random.pick(open);
}

function drawCollect(slot: Slot): Operation | null {
  const link = pickLink(slot);
  return link && { verb: 'collect', label: 'collect', input: { handOverId: link[0], linkKey: link[1] } };
}

function drawRevoke(slot: Slot): Operation | null {
  const link = pickLink(slot);
  return link && { verb: 'revoke hand-over', label: 'revoke hand-over', input: { handOverId: link[0] } };
}

/** A person who looks at the provider answers rightly: the key that came from the lost create, or that none did. */
async function drawIncident({ world, sight, random }: Slot): Promise<Operation | null> {
  const asked = sight.incidents.filter(({ kind }) => kind === 'create_ambiguous');
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

/** What someone does; null when there is nothing to do it to. */
export async function drawOperation(kind: OperationKind, slot: Slot): Promise<Operation | null> {
  return draws[kind](slot);
}
