import { and, isNull } from 'drizzle-orm';
import { bulkRuns, incidents, keys, raises, rotations } from '@/lib/db/schema';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import { listDrift } from '@/lib/server/drift/list-drift';
import type { World, WorldVendor } from './world';

/** One thing that a person is about to do. */
export type Operation = { readonly verb: string; readonly label: string; readonly input: unknown };

type KeyRow = typeof keys.$inferSelect;

/** What the people have before their eyes while a round is played: it may be stale when they press the button. */
export type Sight = {
  readonly keys: readonly KeyRow[];
  readonly runs: readonly (typeof bulkRuns.$inferSelect)[];
  readonly incidents: readonly (typeof incidents.$inferSelect)[];
  readonly raises: readonly (typeof raises.$inferSelect)[];
  readonly rotations: readonly (typeof rotations.$inferSelect)[];
  readonly drift: readonly DriftView[];
};

export async function look(world: World): Promise<Sight> {
  const { db } = world.place;
  const own = new Set<string>();
  for (const vendor of world.vendors) {
    const key = (await vendor.keys()).find(({ secret }) => secret === vendor.managementKey);
    if (key) own.add(key.externalId);
  }
  const live = await db
    .select()
    .from(keys)
    .where(and(isNull(keys.deletedAt), isNull(keys.goneAt)));
  return {
    keys: live.filter(({ externalId }) => !own.has(externalId)),
    runs: await db.select().from(bulkRuns),
    incidents: await db.select().from(incidents).where(isNull(incidents.resolvedAt)),
    raises: await db.select().from(raises).where(isNull(raises.endedAt)),
    rotations: await db.select().from(rotations).where(isNull(rotations.finishedAt)),
    drift: (await listDrift(world.context, { isIgnored: false })).items,
  };
}

export type Draw = (world: World, sight: Sight) => Operation | null | Promise<Operation | null>;

export function pickKey(world: World, sight: Sight, vendors?: readonly WorldVendor['name'][]): KeyRow | null {
  const { random } = world;
  const ids = world.vendors
    .filter(({ name }) => !vendors || vendors.includes(name))
    .map((each) => each.connectionId);
  const fitting = sight.keys.filter(({ connectionId }) => ids.includes(connectionId));
  if (fitting.length === 0) return null;
  // Often one of few, so that people meet at the same key.
  return random.next() < 0.4
    ? (fitting[random.int(0, Math.min(3, fitting.length - 1))] ?? null)
    : random.pick(fitting);
}

export function vendorOf(world: World, connectionId: number): WorldVendor {
  const vendor = world.vendors.find((each) => each.connectionId === connectionId);
  if (!vendor) throw new Error('a key without its provider');
  return vendor;
}

/** An operation on one key. */
export function changeOf(verb: string, key: KeyRow, values: Record<string, unknown>): Operation {
  return { verb, label: verb, input: { keyId: key.id, reason: 'Campaign', ...values } };
}
