import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { users } from '@/lib/db/schema';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import type { KeyDetail } from '@/lib/domain/keys/key-detail';
import { recentOfDays } from '@/lib/domain/keys/recent-of-days';
import { RECENT_DAYS, type RecentSpendWire } from '@/lib/domain/keys/recent-spend';
import { addDays, parseUtcDay, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type ServerContext, teamsWithinReach } from '../context';
import { listLine } from '../rotation/list-line';
import { getKeysTable } from './get-keys-table';
import { listKeyChanges } from './list-key-changes';
import { readKeyDays } from './list-key-days';
import { type KeyDbRow, limitSettingOf, loadKey } from './load-key';

async function getRecent(context: ServerContext, key: KeyDbRow): Promise<RecentSpendWire> {
  const today = utcDayOf(context.now());
  const range = { from: addDays(today, 1 - RECENT_DAYS), to: today };
  const teams = teamsWithinReach(context, 'keys.read');
  const whole = await readKeyDays(context.db, key, range, null);
  const counted = teams === null ? whole : await readKeyDays(context.db, key, range, teams);
  return recentOfDays(key, whole.days, counted);
}

async function findLastUsedDay(context: ServerContext, keyId: number): Promise<UtcDay | null> {
  const { rows } = await context.db.execute<{ day: string | null }>(
    sql`select max(day)::text as day from usage_facts where key_id = ${keyId} and requests > 0`,
  );
  const day = rows[0]?.day ?? null;
  return day === null ? null : parseUtcDay(day);
}

async function findName(context: ServerContext, userId: string | null): Promise<string | null> {
  if (userId === null) return null;
  const [row] = await context.db.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return row?.name ?? null;
}

/** A key's facts and its latest changes; throws `not_found` beyond the actor's reach. */
export async function getKeyDetail(context: ServerContext, input: { keyId: number }): Promise<KeyDetail> {
  const { key, connection } = await loadKey(context, 'keys.read', input.keyId);
  const { name: providerName } = providerWords[connection.provider];
  const line = await listLine(context, key.id);
  return {
    table: await getKeysTable(context, { keyId: key.id }),
    recent: await getRecent(context, key),
    externalId: key.externalId,
    setting: limitSettingOf(key),
    labels: key.labels,
    permissions: key.permissions,
    firstSeenAt: key.firstSeenAt.toISOString(),
    lastSeenAt: key.lastSeenAt.toISOString(),
    goneAt: key.goneAt?.toISOString() ?? null,
    deletedAt: key.deletedAt?.toISOString() ?? null,
    deleteAskedByName: await findName(context, key.deleteAskedBy),
    lastUsedDay: await findLastUsedDay(context, key.id),
    ...(await listKeyChanges(context.db, {
      id: key.id,
      providerName,
      line: line.filter(({ id }) => id !== key.id),
      teams: teamsWithinReach(context, 'keys.read'),
    })),
  };
}
