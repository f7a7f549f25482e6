import { asc, like } from 'drizzle-orm';
import {
  auditEvents,
  bulkItems,
  bulkRuns,
  changes,
  driftItems,
  handOvers,
  incidents,
  keys,
  raises,
} from '@/lib/db/schema';
import type { Call, Effect, TrueKey } from '../vendor';
import type { World, WorldVendor } from '../world';

export type ChangeRow = typeof changes.$inferSelect;
export type KeyRow = typeof keys.$inferSelect;
export type IncidentRow = typeof incidents.$inferSelect;

/** One provider as it truly is, beside what Keyward holds of it. */
export type Side = {
  readonly vendor: WorldVendor;
  readonly truth: readonly TrueKey[];
  readonly effects: readonly Effect[];
  /** Every call since the start of the campaign. */
  readonly calls: readonly Call[];
  readonly mirror: readonly KeyRow[];
};

export type Evidence = {
  readonly world: World;
  readonly sides: readonly Side[];
  readonly changes: readonly ChangeRow[];
  readonly audit: readonly { readonly changeId: string | null; readonly outcome: string }[];
  readonly incidents: readonly IncidentRow[];
  readonly handOvers: readonly (typeof handOvers.$inferSelect)[];
  readonly raises: readonly (typeof raises.$inferSelect)[];
  readonly drift: readonly (typeof driftItems.$inferSelect)[];
  readonly runs: readonly (typeof bulkRuns.$inferSelect)[];
  readonly items: readonly (typeof bulkItems.$inferSelect)[];
};

const allCalls = new Map<string, Call[]>();

async function gatherSide(vendor: WorldVendor, mirror: readonly KeyRow[]): Promise<Side> {
  const calls = allCalls.get(vendor.name) ?? [];
  calls.push(...(await vendor.takeCalls()));
  allCalls.set(vendor.name, calls);
  return {
    vendor,
    truth: (await vendor.keys()).filter(({ secret }) => secret !== vendor.managementKey),
    effects: await vendor.effects(),
    calls,
    mirror: mirror.filter(({ connectionId }) => connectionId === vendor.connectionId),
  };
}

/** Both sides at rest, for all checks alike. */
export async function gatherEvidence(world: World): Promise<Evidence> {
  const { db } = world.place;
  const mirror = await db.select().from(keys);
  const sides: Side[] = [];
  for (const vendor of world.vendors) sides.push(await gatherSide(vendor, mirror));
  return {
    world,
    sides,
    changes: await db.select().from(changes).orderBy(asc(changes.plannedAt)),
    audit: await db
      .select({ changeId: auditEvents.changeId, outcome: auditEvents.outcome })
      .from(auditEvents)
      .where(like(auditEvents.action, 'key.%'))
      .orderBy(asc(auditEvents.seq)),
    incidents: await db.select().from(incidents),
    handOvers: await db.select().from(handOvers),
    raises: await db.select().from(raises),
    drift: await db.select().from(driftItems),
    runs: await db.select().from(bulkRuns),
    items: await db.select().from(bulkItems),
  };
}

export function isApplied({ state }: Pick<ChangeRow, 'state'>): boolean {
  return state === 'applied' || state === 'settled_applied';
}

/** A change in one line, for a violation. */
export function tellChange(change: ChangeRow): string {
  const { id, kind, state, keyId, wish, before, settlement, failure, sentAt, settledAt, requestId } = change;
  const facts = { keyId, wish, before, settlement, failure, sentAt, settledAt, requestId };
  return `${kind} ${state} ${id} ${JSON.stringify(facts)}`;
}
