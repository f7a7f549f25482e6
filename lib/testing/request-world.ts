import { eq } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { requestEvents, requests, settings } from '@/lib/db/schema';
import { capped, type Limit } from '@/lib/domain/limits/limit';
import { type Usd, usd } from '@/lib/domain/money/usd';
import { defaultRequestRules, type RequestRules } from '@/lib/domain/requests/request-rules';
import { type CreateRequestInput, createRequestSchema, type Grant } from '@/lib/domain/requests/request-wish';
import { createKey } from '@/lib/server/keys/create-key';
import { approveRequest } from '@/lib/server/requests/approve-request';
import { createRequest } from '@/lib/server/requests/create-request';
import { as, connectVendor, type TestEmulator, type TestVendor } from './connected';
import { actorOf } from './context';
import { insertTeam, insertTeamMember, insertUser } from './factories';
import { FAST, keyWish } from './settling';

export const monthly = (amount: number | string): Limit => capped(usd(amount), 'monthly');

export const grantOf = (limit: Limit, until: string | null = null): Grant => ({
  kind: 'limit',
  limit,
  until,
});

/** The wish for another limit, as the form sends it. */
export function limitWish(keyId: number, limit: Limit, until: string | null = null): CreateRequestInput {
  return createRequestSchema.parse({
    wish: { kind: 'limit', keyId, change: { by: 'limit', limit }, until },
    reason: 'The launch is on Monday',
  });
}

/** Rules for everyone, as an admin would have set them. */
export async function setRules(db: Database, rules: Partial<RequestRules>): Promise<void> {
  const value = { ...defaultRequestRules, ...rules };
  const row = { topic: 'request-rules', value, updatedAt: new Date() };
  await db.insert(settings).values(row).onConflictDoUpdate({ target: settings.topic, set: { value } });
}

type WorldOptions = {
  readonly vendor?: TestVendor;
  readonly keyName?: string;
  readonly monthlyBudget?: Usd | null;
};

/**
 * A team with a lead and a key of $300 a month at an emulator, another team's lead, two admins, finance, and a
 * clock that runs and can be moved ahead.
 */
export async function requestWorld(db: Database, emulator: TestEmulator, options: WorldOptions = {}) {
  const { vendor = 'openrouter', keyName = 'search-prod', monthlyBudget = null } = options;
  const connected = await connectVendor(db, vendor, emulator);
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const system = { ...connected.context, now, settling: FAST };
  const team = await insertTeam(db, { name: 'Payments', monthlyBudget });
  const [priya, leo, mara, noor, fay] = await Promise.all([
    insertUser(db, { name: 'Priya Raman', role: 'lead' }),
    insertUser(db, { name: 'Leo Other', role: 'lead' }),
    insertUser(db, { name: 'Mara Lind' }),
    insertUser(db, { name: 'Noor Haddad' }),
    insertUser(db, { name: 'Fay Finance', role: 'finance' }),
  ]);
  const others = await insertTeam(db, { name: 'Discovery' });
  await insertTeamMember(db, { teamId: team.id, userId: priya.id, isLead: true });
  await insertTeamMember(db, { teamId: others.id, userId: leo.id, isLead: true });
  const mine = keyWish(connected.connectionId, keyName, { limit: monthly(300), teamId: team.id });
  const { keyId } = await createKey(system, mine);
  return {
    connectionId: connected.connectionId,
    keyId,
    team,
    system,
    people: { priya, leo, mara, noor, fay },
    lead: as(system, actorOf(priya, [team.id])),
    otherLead: as(system, actorOf(leo, [others.id])),
    admin: as(system, actorOf(mara)),
    secondAdmin: as(system, actorOf(noor)),
    finance: as(system, actorOf(fay)),
    moveAhead: (ms: number) => {
      aheadMs += ms;
    },
  };
}

export type RequestWorld = Awaited<ReturnType<typeof requestWorld>>;

export async function rowOf(db: Database, requestId: string) {
  const [row] = await db.select().from(requests).where(eq(requests.id, requestId));
  if (!row) throw new Error('there is no such request');
  return row;
}

/** The kinds of a request's events, in order. */
export async function eventsOf(db: Database, requestId: string): Promise<string[]> {
  const rows = await db
    .select({ kind: requestEvents.kind })
    .from(requestEvents)
    .where(eq(requestEvents.requestId, requestId))
    .orderBy(requestEvents.id);
  return rows.map(({ kind }) => kind);
}

/** Asks as the lead for $380 a month, which needs one person. */
export async function askFor380(world: RequestWorld): Promise<string> {
  const { requestId } = await createRequest(world.lead, limitWish(world.keyId, monthly(380)));
  return requestId;
}

export function approve380(context: RequestWorld['admin'], requestId: string, basisNumber = 1) {
  return approveRequest(context, { requestId, basisNumber, grant: grantOf(monthly(380)), words: '' });
}
