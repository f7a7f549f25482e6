import 'server-only';
import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { incidents, keys, raises } from '@/lib/db/schema';
import { formatDateTime } from '@/lib/utils/format-date';
import { limitText } from '@/lib/words/limit-words';
import { type ServerContext, withTransaction } from '../context';
import { openIncident } from '../incidents/open-incident';
import { notify, toAdmins } from '../notifications/notify';
import { toRaisePeople } from './key-people';
import { type RaisedKey, type RaiseRow, toRaiseRow } from './raise-row';

/** So late and after so many tries the admins are told; after that long an incident is open and all are told. */
const ADMINS_AFTER_MS = 15_000;
const ADMINS_AFTER_TRIES = 2;
const INCIDENT_AFTER_MS = 180_000;

/** So long before the end everyone concerned is told of it, unless the raise is not much longer itself. */
const ENDING_MS = 86_400_000;

type Told = { readonly raise: RaiseRow; readonly key: RaisedKey };

async function listOverdue(context: ServerContext): Promise<readonly Told[]> {
  const since = new Date(context.now().getTime() - ADMINS_AFTER_MS);
  const rows = await context.db
    .select({ raise: raises, key: { id: keys.id, name: keys.name, connectionId: keys.connectionId } })
    .from(raises)
    .innerJoin(keys, eq(keys.id, raises.keyId))
    .where(
      and(
        eq(raises.state, 'active'),
        isNull(raises.endedAt),
        lte(raises.endsAt, since),
        sql`${raises.attempts} >= ${ADMINS_AFTER_TRIES}`,
      ),
    );
  return rows.map(({ raise, key }) => ({ raise: toRaiseRow(raise), key }));
}

function message({ raise, key }: Told) {
  return {
    topic: 'raise.overdue' as const,
    title: `The raise of ${key.name} to ${limitText(raise.raisedLimit)} should have ended`,
    body: `It was to end ${formatDateTime(raise.endsAt)}. ${raise.failure ?? ''} Keyward keeps trying.`,
    href: `/keys/${key.id}`,
  };
}

async function tellAdmins(context: ServerContext, told: Told): Promise<void> {
  await withTransaction(context, async (tx) => {
    const [first] = await tx
      .update(raises)
      .set({ toldOverdueAt: context.now() })
      .where(and(eq(raises.id, told.raise.id), isNull(raises.toldOverdueAt), isNull(raises.endedAt)))
      .returning({ id: raises.id });
    if (!first) return;
    const dedupeKey = `raise:${told.raise.id}:overdue:${told.raise.endsAt.toISOString()}`;
    await notify(tx, context, { ...message(told), to: await toAdmins(tx), dedupeKey });
  });
}

async function askPerson(context: ServerContext, told: Told): Promise<void> {
  const { raise, key } = told;
  await withTransaction(context, async (tx) => {
    await tx.select({ id: raises.id }).from(raises).where(eq(raises.id, raise.id)).for('update');
    const [asked] = await tx
      .select({ id: incidents.id })
      .from(incidents)
      .where(
        and(
          eq(incidents.kind, 'raise_overdue'),
          sql`${incidents.facts} ->> 'raiseId' = ${raise.id}`,
          sql`${incidents.facts} ->> 'endsAt' = ${raise.endsAt.toISOString()}`,
        ),
      )
      .limit(1);
    if (asked) return;
    await openIncident(tx, context, {
      kind: 'raise_overdue',
      title: `The raise of “${key.name}” to ${limitText(raise.raisedLimit)} should have ended and has not.`,
      connectionId: key.connectionId,
      keyId: key.id,
      facts: {
        why: raise.failure ?? 'Its end could not be set at the provider yet.',
        raiseId: raise.id,
        endsAt: raise.endsAt.toISOString(),
        before: { limit: raise.raisedLimit },
        wish: { limit: raise.baseLimit },
      },
    });
    const to = [...(await toRaisePeople(tx, raise)), ...(await toAdmins(tx))];
    const dedupeKey = `raise:${raise.id}:asked:${raise.endsAt.toISOString()}`;
    await notify(tx, context, { ...message(told), to, dedupeKey });
  });
}

/** Tells of raises that should be over: the admins first; after some minutes an incident, and everyone concerned. */
export async function tellOverdueRaises(context: ServerContext): Promise<void> {
  const askedSince = context.now().getTime() - INCIDENT_AFTER_MS;
  for (const told of await listOverdue(context)) {
    if (told.raise.toldOverdueAt === null) await tellAdmins(context, told);
    if (told.raise.endsAt.getTime() <= askedSince) await askPerson(context, told);
  }
}

/** Tells everyone concerned a day before a raise ends, once for each end. */
export async function tellEndingRaises(context: ServerContext): Promise<void> {
  const now = context.now();
  const soon = new Date(now.getTime() + ENDING_MS);
  const rows = await context.db
    .select({ raise: raises, key: { id: keys.id, name: keys.name, connectionId: keys.connectionId } })
    .from(raises)
    .innerJoin(keys, eq(keys.id, raises.keyId))
    .where(
      and(
        eq(raises.state, 'active'),
        isNull(raises.endedAt),
        sql`${raises.endsAt} between ${now}::timestamptz and ${soon}::timestamptz`,
        sql`${raises.endsAt} - ${raises.startsAt} > interval '2 days'`,
        sql`not exists (select 1 from notifications n where n.topic = 'raise.ending'
          and n.dedupe_key = 'raise:' || ${raises.id} || ':ending:' || extract(epoch from ${raises.endsAt})::bigint)`,
      ),
    );
  for (const row of rows) {
    const raise = toRaiseRow(row.raise);
    await withTransaction(context, async (tx) =>
      notify(tx, context, {
        topic: 'raise.ending',
        to: await toRaisePeople(tx, raise),
        title: `The raise of ${row.key.name} to ${limitText(raise.raisedLimit)} ends soon`,
        body: `It ends ${formatDateTime(raise.endsAt)}. Its limit is ${limitText(raise.baseLimit)} then.`,
        href: `/keys/${row.key.id}`,
        dedupeKey: `raise:${raise.id}:ending:${Math.floor(raise.endsAt.getTime() / 1000)}`,
      }),
    );
  }
}
