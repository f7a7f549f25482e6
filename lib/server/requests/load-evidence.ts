import 'server-only';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { connections, keys, requests, users } from '@/lib/db/schema';
import { stackOf } from '@/lib/domain/binds/binds-wire';
import { whatBinds } from '@/lib/domain/binds/what-binds';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { addUsd, maxUsd, subtractUsd, type Usd, usd, ZERO_USD } from '@/lib/domain/money/usd';
import { addDays, firstOfMonth, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { KeyEvidence, RequestSummary } from '@/lib/domain/requests/request-view';
import { capabilitiesOf } from '@/lib/providers/registry';
import { bindingSentence } from '@/lib/words/binds-words';
import type { ServerContext } from '../context';
import { notFound } from '../errors';
import { getKeysTable } from '../keys/get-keys-table';
import { type DayRangeInput, readKeyDays } from '../keys/list-key-days';
import { type KeyDbRow, limitOf } from '../keys/load-key';
import { listOpenRaises } from '../raises/raise-row';
import { selectRequests, toLoaded } from './request-row';
import { summaryOf } from './summary-of';

const SHOWN_DAYS = 60;
const MOST_EARLIER = 5;

const orNull = (amount: string | null): Usd | null => (amount === null ? null : usd(amount));

/** What the key had spent before these days, by the provider's lifetime counter; null where it has none. */
function spentBefore(key: KeyDbRow, days: KeyEvidence['days'], includesByok: boolean): Usd | null {
  const lifetime = orNull(key.spendLifetime);
  if (lifetime === null) return null;
  const counted = addUsd(lifetime, includesByok ? (orNull(key.byokLifetime) ?? ZERO_USD) : ZERO_USD);
  const known = days.map((day) => (includesByok ? addUsd(day.spend, day.byokSpend) : day.spend));
  return maxUsd(ZERO_USD, subtractUsd(counted, addUsd(ZERO_USD, ...known)));
}

/** Whether the key was used in the range while it was another team's. */
async function wasShared(
  context: ServerContext,
  key: KeyDbRow,
  { from, to }: DayRangeInput,
): Promise<boolean> {
  const { rows } = await context.db.execute<{ found: boolean }>(sql`
    select exists (select 1 from usage_facts where key_id = ${key.id} and day between ${from} and ${to}
      and team_id <> ${key.teamId ?? 0}) as found`);
  return rows[0]?.found ?? false;
}

/** The key and its last 60 UTC days, whichever team had it, as its limit counts: from the start of the first one's month, so that whole windows are there. */
export async function loadKeyEvidence(context: ServerContext, keyId: number): Promise<KeyEvidence> {
  const [found] = await context.db
    .select({ key: keys, connection: connections, ownerName: users.name })
    .from(keys)
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .leftJoin(users, eq(users.id, keys.ownerId))
    .where(eq(keys.id, keyId));
  if (!found) throw notFound('key');
  const { key, connection } = found;
  const now = context.now();
  const table = await getKeysTable(context, { keyId: key.id });
  const [row] = decodeKeysTable(table, now);
  if (!row) throw notFound('key');
  const today = utcDayOf(now);
  const shownFrom = addDays(today, 1 - SHOWN_DAYS);
  const range = { from: firstOfMonth(shownFrom), to: today };
  const { days } = await readKeyDays(context.db, key, range, null);
  const { limitPeriods, blockedLimit, disable } = capabilitiesOf(connection.provider, connection.generation);
  const includeByokInLimit = key.includeByokInLimit ?? false;
  return {
    id: key.id,
    name: key.name,
    connectionName: connection.name,
    providerName: providerWords[connection.provider].name,
    capabilities: { limitPeriods, blockedLimit, disable },
    limit: limitOf(key),
    baseLimit: (await listOpenRaises(context.db, key.id))[0]?.baseLimit ?? null,
    includeByokInLimit,
    isDisabled: key.isDisabled,
    ownerName: found.ownerName,
    used: row.used,
    left: bindingSentence(whatBinds(stackOf(table.binds, row), now), now, key.name),
    days,
    shownFrom,
    isShared: await wasShared(context, key, { from: shownFrom, to: today }),
    spentBefore: spentBefore(key, days, includeByokInLimit),
  };
}

/** Requests about the same key, newest first. */
export async function listEarlier(
  context: ServerContext,
  keyId: number,
  except: SQL | undefined,
): Promise<readonly RequestSummary[]> {
  const rows = await selectRequests(context.db)
    .where(and(eq(requests.keyId, keyId), except))
    .orderBy(desc(requests.createdAt))
    .limit(MOST_EARLIER);
  return rows.map((row) => summaryOf(toLoaded(row), { approvals: 0, waitsForMe: false }));
}
