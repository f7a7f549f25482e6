import 'server-only';
import { sql } from 'drizzle-orm';
import { type Usd, usd, ZERO_USD } from '@/lib/domain/money/usd';
import { eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import { remainderByDay } from '@/lib/domain/spend/fold-members';
import type { SpendDimension } from '@/lib/domain/spend/spend-query';
import type { SpendRange } from '@/lib/domain/spend/spend-range';
import type { ServerContext } from '../context';
import { dimensionSource, isWithinScope, type SpendScope } from './spend-scope';

export type DaySeries = {
  /** By drawn member, one exact amount a day. */
  readonly drawn: readonly (readonly Usd[])[];
  /** All other members together. */
  readonly others: readonly Usd[];
};

/** Slot 0 holds what belongs to no drawn member. */
type Row = { day: UtcDay; slot: number; spend: string };

function toColumns(rows: readonly Row[], range: SpendRange, slots: number): Usd[][] {
  const days = eachDay(range.from, range.to);
  const positions = new Map(days.map((day, at) => [day, at]));
  const columns = Array.from({ length: slots + 1 }, () => days.map(() => ZERO_USD));
  for (const { day, slot, spend } of rows) {
    const at = positions.get(day);
    const column = columns[slot];
    if (at !== undefined && column) column[at] = usd(spend);
  }
  return columns;
}

async function listSlots(
  context: ServerContext,
  by: Exclude<SpendDimension, 'key'>,
  scope: SpendScope,
  range: SpendRange,
  ids: readonly number[],
): Promise<Usd[][]> {
  const { rows } = await context.db.execute<Row>(sql`
    select day::text as day, coalesce(array_position(${sql.param([...ids])}::int[], member_id), 0) as slot,
      sum(spend)::text as spend
    from ${dimensionSource(by, scope)} where day between ${range.from} and ${range.to} group by 1, 2`);
  return toColumns(rows, range, ids.length);
}

/** The few drawn keys come from their facts; the days' totals from the roll-ups, never from every key. */
async function listKeySlots(
  context: ServerContext,
  scope: SpendScope,
  range: SpendRange,
  ids: readonly number[],
): Promise<Usd[][]> {
  const { rows } = await context.db.execute<Row>(sql`
    select day::text as day, array_position(${sql.param([...ids])}::int[], key_id) as slot, sum(spend)::text as spend
    from usage_facts
    where key_id = any(${sql.param([...ids])}::int[]) and day between ${range.from} and ${range.to}
      and ${isWithinScope(scope)}
    group by 1, 2`);
  const [, ...drawn] = toColumns(rows, range, ids.length);
  const total = await listSlots(context, scope.teams === null ? 'connection' : 'team', scope, range, []);
  return [remainderByDay(total[0] ?? [], drawn), ...drawn];
}

/** Exact spend of each UTC day of a range, for the drawn members and for all others together. */
export async function listDaySeries(
  context: ServerContext,
  by: SpendDimension,
  scope: SpendScope,
  range: SpendRange,
  drawnIds: readonly number[],
): Promise<DaySeries> {
  const [others = [], ...drawn] =
    by === 'key'
      ? await listKeySlots(context, scope, range, drawnIds)
      : await listSlots(context, by, scope, range, drawnIds);
  return { drawn, others };
}
