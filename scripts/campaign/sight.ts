import { and, asc, isNull } from 'drizzle-orm';
import { bulkRuns, incidents, keys, raises, requests, rotations } from '@/lib/db/schema';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import type { Prng } from '@/lib/emulators/shared/prng';
import { listDrift } from '@/lib/server/drift/list-drift';
import { type RequestRow, selectRequests, toLoaded } from '@/lib/server/requests/request-row';
import type { World, WorldVendor } from './world';

/** One thing that a person is about to do. */
export type Operation = {
  readonly verb: string;
  readonly label: string;
  readonly input: unknown;
  /** Who must do it; anyone of the admins unless given. */
  readonly actorId?: string;
  /** The one person who may be given a secret for it. */
  readonly secretOf?: string;
};

type KeyRow = typeof keys.$inferSelect;

/** What the people have before their eyes while a round is played: it may be stale when they press the button. */
export type Sight = {
  readonly keys: readonly KeyRow[];
  readonly runs: readonly (typeof bulkRuns.$inferSelect)[];
  readonly incidents: readonly (typeof incidents.$inferSelect)[];
  readonly raises: readonly (typeof raises.$inferSelect)[];
  readonly rotations: readonly (typeof rotations.$inferSelect)[];
  readonly drift: readonly DriftView[];
  /** Oldest first. */
  readonly requests: readonly RequestRow[];
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
    .where(and(isNull(keys.deletedAt), isNull(keys.goneAt)))
    .orderBy(asc(keys.id));
  const asked = await selectRequests(db).orderBy(asc(requests.createdAt), asc(requests.id));
  return {
    keys: live.filter(({ externalId }) => !own.has(externalId)),
    runs: await db.select().from(bulkRuns).orderBy(asc(bulkRuns.createdAt)),
    incidents: await db
      .select()
      .from(incidents)
      .where(isNull(incidents.resolvedAt))
      .orderBy(asc(incidents.openedAt)),
    raises: await db.select().from(raises).where(isNull(raises.endedAt)).orderBy(asc(raises.startsAt)),
    rotations: await db
      .select()
      .from(rotations)
      .where(isNull(rotations.finishedAt))
      .orderBy(asc(rotations.startedAt)),
    drift: (await listDrift(world.context, { isIgnored: false })).items,
    requests: asked.map((row) => toLoaded(row).request),
  };
}

/** One place in a round's plan: what is drawn for it depends on no other place. */
export type Slot = {
  readonly world: World;
  readonly sight: Sight;
  readonly random: Prng;
  /** A number that no other place of the campaign gets. */
  readonly serial: () => number;
};

export type Draw = (slot: Slot) => Operation | null | Promise<Operation | null>;

/** Often one of few, so that people meet at the same thing; null where there is none. */
export function pickOften<T>(random: Prng, list: readonly T[]): T | null {
  if (list.length === 0) return null;
  return random.next() < 0.4
    ? (list[random.int(0, Math.min(3, list.length - 1))] ?? null)
    : random.pick(list);
}

export function pickKey(
  { world, sight, random }: Slot,
  vendors?: readonly WorldVendor['name'][],
): KeyRow | null {
  const ids = world.vendors
    .filter(({ name }) => !vendors || vendors.includes(name))
    .map((each) => each.connectionId);
  return pickOften(
    random,
    sight.keys.filter(({ connectionId }) => ids.includes(connectionId)),
  );
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

export function inMinutes(world: World, minutes: number): string {
  return new Date(world.now().getTime() + minutes * 60_000).toISOString();
}
