import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '@/lib/db/client';
import type { BindsWire } from '@/lib/domain/binds/binds-wire';
import {
  type BindsKey,
  buildBinds,
  type Counters,
  isOfContainers,
  type KnownBudget,
} from '@/lib/domain/binds/build-binds';
import { generationSchema, providerKindSchema } from '@/lib/domain/connections/provider-kind';
import { parseUsd, usd } from '@/lib/domain/money/usd';
import { type LimitPeriod, limitPeriods, periodStart } from '@/lib/domain/periods/limit-period';
import { capabilitiesOf } from '@/lib/providers/registry';
import { listBudgets } from '../budgets/list-budgets';
import type { ServerContext } from '../context';

const connectionSchema = z.object({
  id: z.number(),
  provider: providerKindSchema,
  generation: generationSchema,
  balance: z.string().nullable(),
  readAt: z.date().nullable(),
});

const COLUMNS: Record<LimitPeriod, { readonly spend: string; readonly byok: string }> = {
  daily: { spend: 'spend_daily', byok: 'byok_daily' },
  weekly: { spend: 'spend_weekly', byok: 'byok_weekly' },
  monthly: { spend: 'spend_monthly', byok: 'byok_monthly' },
  total: { spend: 'spend_lifetime', byok: 'byok_lifetime' },
};

async function listAccounts(db: Queryable, isWanted: SQL) {
  const { rows } = await db.execute(sql`
    select c.id, c.provider, c.generation, c.balance::text, max(r.finished_at) as "readAt"
    from connections c
    left join reads r on r.connection_id = c.id and r.kind = 'keys' and r.state in ('complete', 'partial')
    where exists (select 1 from keys k where k.connection_id = c.id and ${isWanted})
    group by c.id order by c.id`);
  return rows.map((row) => {
    const { provider, generation, balance, ...account } = connectionSchema.parse(row);
    const { budgetsAbove } = capabilitiesOf(provider, generation);
    return { ...account, budgetsAbove, balance: balance === null ? null : usd(balance) };
  });
}

type CounterRow = Record<string, unknown> & {
  readonly connectionId: number;
  readonly container: string | null;
  readonly maker: string | null;
};

function countersOf(row: CounterRow): Counters {
  const read = (period: LimitPeriod) => ({
    spend: parseUsd(row[COLUMNS[period].spend]),
    byok: parseUsd(row[COLUMNS[period].byok]),
  });
  return { daily: read('daily'), weekly: read('weekly'), monthly: read('monthly'), total: read('total') };
}

/** Only what budgets count is read: sums over every key of an account are what costs here. */
function columnsOf(budgets: readonly KnownBudget[]): { period: LimitPeriod; name: string }[] {
  return limitPeriods.flatMap((period) => {
    const counting = budgets.filter((budget) => (budget.period ?? 'total') === period);
    const { spend, byok } = COLUMNS[period];
    return [
      ...(counting.length > 0 ? [{ period, name: spend }] : []),
      ...(counting.some(({ includesByok }) => includesByok) ? [{ period, name: byok }] : []),
    ];
  });
}

/** What a key spent that is no longer there counts in the windows in which it still was. */
function summedColumns(budgets: readonly KnownBudget[], now: Date): SQL {
  const sums = columnsOf(budgets).map(({ period, name }) => {
    const start = periodStart(period, now);
    const counts = start === null ? sql`true` : sql`coalesce(k.deleted_at, k.gone_at, ${start}) >= ${start}`;
    return sql`(sum(${sql.raw(`k.${name}`)}) filter (where ${counts}))::text as ${sql.raw(name)}`;
  });
  return sql.join(sums, sql`, `);
}

const PLACE = sql`k.connection_id as "connectionId", c.external_id as container`;

function connectionsOf(budgets: readonly KnownBudget[]): readonly number[] {
  return [...new Set(budgets.map(({ connectionId }) => connectionId))];
}

function ofConnections(ids: readonly number[]): SQL {
  return sql`k.connection_id = any(${sql.param([...ids])}::int[])`;
}

async function sumByMaker(db: Queryable, budgets: readonly KnownBudget[], now: Date) {
  const connectionIds = connectionsOf(budgets);
  if (connectionIds.length === 0) return [];
  const isByMaker = budgets.some(({ covers }) => covers.members !== null);
  const maker = isByMaker ? sql`k.creator_external_id` : sql`null::text`;
  const { rows } = await db.execute<CounterRow>(sql`
    select ${PLACE}, ${maker} as maker, ${summedColumns(budgets, now)} from keys k left join containers c on c.id = k.container_id
    where ${ofConnections(connectionIds)} group by 1, 2, 3`);
  return rows.map((row) => ({ ...row, counters: countersOf(row) }));
}

async function listKeys(db: Queryable, budgets: readonly KnownBudget[], isWanted: SQL): Promise<BindsKey[]> {
  const connectionIds = connectionsOf(budgets);
  if (connectionIds.length === 0) return [];
  const alone = columnsOf(budgets.filter(({ covers }) => covers.counts === 'each_key'));
  const columns = sql.raw(alone.map(({ name }) => `, k.${name}::text`).join(''));
  const { rows } = await db.execute<CounterRow & { id: number; externalId: string }>(sql`
    select k.id, k.external_id as "externalId", ${PLACE}, k.creator_external_id as maker${columns}
    from keys k left join containers c on c.id = k.container_id
    where ${ofConnections(connectionIds)} and k.gone_at is null and k.deleted_at is null and ${isWanted}`);
  return rows.map((row) => ({ ...row, counters: countersOf(row) }));
}

async function listPlaces(db: Queryable, connectionIds: readonly number[]) {
  const { rows } = await db.execute<{ id: number; externalId: string; connectionId: number }>(sql`
    select id, external_id as "externalId", connection_id as "connectionId" from containers
    where connection_id = any(${sql.param([...connectionIds])}::int[])`);
  return rows;
}

/** What stands above the keys `k` that are wanted; whoever calls has asked for the permission to see them. */
export async function getBinds({ db, now }: ServerContext, isWanted: SQL): Promise<BindsWire> {
  const at = now();
  const accounts = await listAccounts(db, isWanted);
  const ids = accounts.map(({ id }) => id);
  const { budgets, reports } = await listBudgets(db, ids);
  const summed = budgets.filter(({ spend, covers }) => spend === null && covers.counts !== 'each_key');
  const personal = budgets.filter((budget) => !isOfContainers(budget));
  return buildBinds({
    connections: accounts.map((account) => ({ ...account, report: reports.get(account.id) ?? {} })),
    budgets,
    containers: await listPlaces(db, ids),
    sums: await sumByMaker(db, summed, at),
    keys: await listKeys(db, personal, isWanted),
    now: at,
  });
}
