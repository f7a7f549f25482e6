import { asc, eq, like, or } from 'drizzle-orm';
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
  requestEvents,
} from '@/lib/db/schema';
import { type RequestRow, selectRequests, toLoaded } from '@/lib/server/requests/request-row';
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

/** A request with everything that was done for it, told apart by its own reason. */
export type AskedRequest = {
  readonly request: RequestRow;
  readonly events: readonly (typeof requestEvents.$inferSelect)[];
  readonly changes: readonly ChangeRow[];
  readonly raises: readonly (typeof raises.$inferSelect)[];
  /** Actions in the audit log: its own, and what was done in its name without a provider. */
  readonly audit: readonly string[];
  readonly handOver: typeof handOvers.$inferSelect | null;
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
  readonly requests: readonly AskedRequest[];
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

type Rest = Pick<Evidence, 'changes' | 'raises' | 'handOvers'>;

async function gatherRequests({ place: { db } }: World, rest: Rest): Promise<AskedRequest[]> {
  const rows = (await selectRequests(db)).map((row) => toLoaded(row).request);
  const events = await db.select().from(requestEvents).orderBy(asc(requestEvents.id));
  const told = await db
    .select({
      action: auditEvents.action,
      kind: auditEvents.subjectKind,
      id: auditEvents.subjectId,
      reason: auditEvents.reason,
    })
    .from(auditEvents)
    .where(
      or(
        like(auditEvents.action, 'request.%'),
        eq(auditEvents.action, 'raise.set_base'),
        eq(auditEvents.action, 'key.assign'),
      ),
    )
    .orderBy(asc(auditEvents.seq));
  return rows.map((request) => {
    const isOfIt = ({ reason }: { readonly reason: string | null }) =>
      reason?.startsWith(`${request.reason} (asked for by`) ?? false;
    return {
      request,
      events: events.filter(({ requestId }) => requestId === request.id),
      changes: rest.changes.filter(isOfIt),
      raises: rest.raises.filter(isOfIt),
      audit: told
        .filter((row) => (row.kind === 'request' ? row.id === request.id : isOfIt(row)))
        .map(({ action }) => action),
      handOver: rest.handOvers.find(({ id }) => id === request.granted?.handOver?.id) ?? null,
    };
  });
}

/** Both sides at rest, for all checks alike. */
export async function gatherEvidence(world: World): Promise<Evidence> {
  const { db } = world.place;
  const mirror = await db.select().from(keys);
  const sides: Side[] = [];
  for (const vendor of world.vendors) sides.push(await gatherSide(vendor, mirror));
  const rest = {
    changes: await db.select().from(changes).orderBy(asc(changes.plannedAt)),
    handOvers: await db.select().from(handOvers),
    raises: await db.select().from(raises),
  };
  return {
    world,
    sides,
    ...rest,
    requests: await gatherRequests(world, rest),
    audit: await db
      .select({ changeId: auditEvents.changeId, outcome: auditEvents.outcome })
      .from(auditEvents)
      .where(like(auditEvents.action, 'key.%'))
      .orderBy(asc(auditEvents.seq)),
    incidents: await db.select().from(incidents),
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
