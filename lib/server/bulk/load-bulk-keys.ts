import 'server-only';
import { inArray, sql } from 'drizzle-orm';
import { changes, connections, keys } from '@/lib/db/schema';
import type { BulkKey } from '@/lib/domain/bulk/decide-bulk';
import { usedInWindow } from '@/lib/domain/limits/limit-use';
import { type Usd, usd } from '@/lib/domain/money/usd';
import type { Permission } from '@/lib/domain/people/permission';
import { addDays, utcDayOf } from '@/lib/domain/periods/utc-day';
import { capabilitiesOf } from '@/lib/providers/registry';
import { type ServerContext, teamsWithinReach } from '../context';
import { notFound } from '../errors';
import { type KeyDbRow, limitOf } from '../keys/load-key';
import { isOwnKey } from '../keys/refuse-own-key';
import { listReads } from '../reads/list-reads';

const RECENT_DAYS = 30;
const DAY_MS = 86_400_000;

type UseRow = { key_id: number; recent: string | null; requests: string };

/** Spend of the last 30 UTC days and requests since yesterday, by key; `recent` is null where no day was read. */
async function loadUse(context: ServerContext, keyIds: readonly number[]): Promise<Map<number, UseRow>> {
  const today = utcDayOf(context.now());
  const from = addDays(today, 1 - RECENT_DAYS);
  const { rows } = await context.db.execute<UseRow>(sql`
    select k.id as key_id,
      case when exists (
        select 1 from usage_days d
        where d.connection_id = k.connection_id and d.day between ${from} and ${today} and d.state <> 'missing'
      ) then coalesce(sum(f.spend), 0)::text end as recent,
      coalesce(sum(f.requests) filter (where f.day >= ${addDays(today, -1)}), 0)::text as requests
    from keys k
    left join usage_facts f on f.key_id = k.id and f.day between ${from} and ${today}
    where k.id = any(${sql.param(keyIds)}::int[])
    group by k.id, k.connection_id`);
  return new Map(rows.map((row) => [row.key_id, row]));
}

async function findOpen(context: ServerContext, keyIds: readonly number[]): Promise<Set<number | null>> {
  const rows = await context.db
    .select({ keyId: changes.keyId })
    .from(changes)
    .where(
      sql`${inArray(changes.keyId, [...keyIds])} and ${inArray(changes.state, ['planned', 'sent', 'unknown'])}`,
    );
  return new Set(rows.map(({ keyId }) => keyId));
}

function windowSpend(key: KeyDbRow): { spend: Usd | null; byok: Usd | null } {
  switch (key.limitPeriod) {
    case 'daily':
      return { spend: key.spendDaily, byok: key.byokDaily };
    case 'weekly':
      return { spend: key.spendWeekly, byok: key.byokWeekly };
    case 'monthly':
      return { spend: key.spendMonthly, byok: key.byokMonthly };
    default:
      return { spend: key.spendLifetime, byok: key.byokLifetime };
  }
}

/** A key is as fresh as its own last news or its connection's last complete read. */
function usedOf(key: KeyDbRow, completeAt: string | null, now: Date): Usd | null {
  const readAt = completeAt === null ? null : new Date(completeAt);
  const { spend, byok } = windowSpend(key);
  return usedInWindow(
    {
      limit: limitOf(key),
      limitRemaining: key.limitRemaining,
      windowSpend: spend,
      windowByokSpend: byok,
      includeByokInLimit: key.includeByokInLimit ?? false,
      readAt: readAt !== null && readAt > key.lastSeenAt ? readAt : key.lastSeenAt,
    },
    now,
  );
}

/** The keys in the order given; throws `not_found` when one is not there or out of reach. */
export async function loadBulkKeys(
  context: ServerContext,
  permission: Permission,
  ids: readonly number[],
): Promise<readonly BulkKey[]> {
  const teams = teamsWithinReach(context, permission);
  const keyIds = [...new Set(ids)];
  const rows = await context.db
    .select({ key: keys, connection: connections })
    .from(keys)
    .innerJoin(connections, sql`${connections.id} = ${keys.connectionId}`)
    .where(sql`${keys.id} = any(${sql.param(keyIds)}::int[])`);
  const byId = new Map(rows.map((row) => [row.key.id, row]));
  const use = await loadUse(context, keyIds);
  const open = await findOpen(context, keyIds);
  const reads = await listReads(context);
  const now = context.now();
  return keyIds.map((id): BulkKey => {
    const row = byId.get(id);
    if (!row) throw notFound('key');
    const { key, connection } = row;
    if (teams !== null && (key.teamId === null || !teams.includes(key.teamId))) throw notFound('key');
    const used = use.get(id);
    const isRecent = key.lastUsedAt !== null && now.getTime() - key.lastUsedAt.getTime() < DAY_MS;
    return {
      keyId: id,
      name: key.name,
      connectionName: connection.name,
      connectionState: connection.state,
      capabilities: capabilitiesOf(connection.provider, connection.generation),
      isDeleted: key.deletedAt !== null,
      isGone: key.goneAt !== null,
      limit: limitOf(key),
      includeByokInLimit: key.includeByokInLimit,
      isDisabled: key.isDisabled,
      teamId: key.teamId,
      ownerId: key.ownerId,
      recentSpend: used?.recent == null ? null : usd(used.recent),
      used: usedOf(key, reads.get(connection.id)?.keys.lastCompleteAt ?? null, now),
      isInUse: isRecent || Number(used?.requests ?? 0) > 0,
      hasOpenChange: open.has(id),
      isOwnKey: isOwnKey(row),
      isBeingDeleted: key.deleteAfter !== null,
    };
  });
}
