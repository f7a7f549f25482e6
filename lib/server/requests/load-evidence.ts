import 'server-only';
import { and, desc, eq, ne, type SQL } from 'drizzle-orm';
import { connections, keys, reads, requests, users } from '@/lib/db/schema';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import { usedInWindow } from '@/lib/domain/limits/limit-use';
import { addUsd, maxUsd, subtractUsd, type Usd, usd, ZERO_USD } from '@/lib/domain/money/usd';
import { addDays, firstOfMonth, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { KeyEvidence, RequestSummary } from '@/lib/domain/requests/request-view';
import { capabilitiesOf } from '@/lib/providers/registry';
import type { ServerContext } from '../context';
import { notFound } from '../errors';
import { readKeyDays } from '../keys/list-key-days';
import { type KeyDbRow, limitOf } from '../keys/load-key';
import { listOpenRaises } from '../raises/raise-row';
import { selectRequests, toLoaded } from './request-row';
import { summaryOf } from './summary-of';

const SHOWN_DAYS = 60;
const MOST_EARLIER = 5;

const counters = {
  daily: ['spendDaily', 'byokDaily'],
  weekly: ['spendWeekly', 'byokWeekly'],
  monthly: ['spendMonthly', 'byokMonthly'],
  total: ['spendLifetime', 'byokLifetime'],
} as const;

const orNull = (amount: string | null): Usd | null => (amount === null ? null : usd(amount));

function usedOf(key: KeyDbRow, readAt: Date | null, now: Date): Usd | null {
  const limit = limitOf(key);
  if (limit.kind !== 'capped') return null;
  const [spend, byok] = counters[limit.period];
  const facts = {
    limit,
    limitRemaining: orNull(key.limitRemaining),
    windowSpend: orNull(key[spend]),
    windowByokSpend: orNull(key[byok]),
    includeByokInLimit: key.includeByokInLimit ?? false,
    readAt,
  };
  return usedInWindow(facts, now);
}

/** What the key had spent before these days, by the provider's lifetime counter; null where it has none. */
function spentBefore(key: KeyDbRow, days: KeyEvidence['days'], includesByok: boolean): Usd | null {
  const [spend, byok] = counters.total;
  const lifetime = orNull(key[spend]);
  if (lifetime === null) return null;
  const counted = addUsd(lifetime, includesByok ? (orNull(key[byok]) ?? ZERO_USD) : ZERO_USD);
  const known = days.map((day) => (includesByok ? addUsd(day.spend, day.byokSpend) : day.spend));
  return maxUsd(ZERO_USD, subtractUsd(counted, addUsd(ZERO_USD, ...known)));
}

/** The key and its last 60 UTC days, from the start of the first one's month, so that whole windows are there. */
export async function loadKeyEvidence(context: ServerContext, keyId: number): Promise<KeyEvidence> {
  const [found] = await context.db
    .select({ key: keys, connection: connections, ownerName: users.name })
    .from(keys)
    .innerJoin(connections, eq(connections.id, keys.connectionId))
    .leftJoin(users, eq(users.id, keys.ownerId))
    .where(eq(keys.id, keyId));
  if (!found) throw notFound('key');
  const { key, connection } = found;
  const [read] = await context.db
    .select({ at: reads.finishedAt })
    .from(reads)
    .where(and(eq(reads.connectionId, connection.id), eq(reads.kind, 'keys'), ne(reads.state, 'running')))
    .orderBy(desc(reads.finishedAt))
    .limit(1);
  const now = context.now();
  const today = utcDayOf(now);
  const shownFrom = addDays(today, 1 - SHOWN_DAYS);
  const days = await readKeyDays(context.db, key, { from: firstOfMonth(shownFrom), to: today });
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
    used: usedOf(key, read?.at ?? key.lastSeenAt, now),
    days,
    shownFrom,
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
