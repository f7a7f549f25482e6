import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { usd } from '@/lib/domain/money/usd';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { type MemberSums, NO_REST, type RestSums } from '@/lib/domain/spend/fold-members';
import type { SpendDimension } from '@/lib/domain/spend/spend-query';
import { type RangeParts, rangeParts, type SpendRange } from '@/lib/domain/spend/spend-range';
import type { ServerContext } from '../context';
import { dimensionSource, isWithinScope, type SpendScope, withConnectionIds } from './spend-scope';

/** So many members are told apart; the rest comes as one sum. */
const LISTED_MEMBERS = 50;

export type MemberTotals = { readonly members: readonly MemberSums[]; readonly rest: RestSums };

type Ranges = { readonly range: SpendRange; readonly previous: SpendRange; readonly today: UtcDay };

/** `member_id`, `spend`, `requests` and `previous` of each member, from a daily roll-up. */
function totalsOfDimension(
  by: Exclude<SpendDimension, 'key'>,
  scope: SpendScope,
  { range, previous }: Ranges,
): SQL {
  const isNow = sql`filter (where day between ${range.from} and ${range.to})`;
  const isBefore = sql`filter (where day between ${previous.from} and ${previous.to})`;
  return sql`
    select member_id, coalesce(sum(spend) ${isNow}, 0) as spend, coalesce(sum(requests) ${isNow}, 0) as requests,
      coalesce(sum(spend) ${isBefore}, 0) as previous
    from ${dimensionSource(by, scope)}
    where day between ${range.from} and ${range.to} or day between ${previous.from} and ${previous.to}
    group by member_id`;
}

/** One sign of a range's parts: whole months of keys, and the facts of its other days. */
function keyParts(parts: RangeParts, scope: SpendScope, signs: readonly [number, number]): SQL[] {
  const [spendSign, previousSign] = signs;
  const figures = (sign: 1 | -1) => sql`
    key_id, spend * ${sign * spendSign}::int as spend, requests * ${sign * spendSign}::int as requests,
    spend * ${sign * previousSign}::int as previous`;
  const days = (part: SpendRange, sign: 1 | -1) => sql`
    select ${figures(sign)} from usage_facts
    where day between ${part.from} and ${part.to} and ${isWithinScope(scope)}`;
  return [
    sql`select ${figures(1)} from usage_by_key_month
      where month = any(${sql.param([...parts.months])}::date[]) and ${isWithinScope(scope)}`,
    ...parts.plus.map((part) => days(part, 1)),
    ...parts.minus.map((part) => days(part, -1)),
  ];
}

function totalsOfKeys(scope: SpendScope, { range, previous, today }: Ranges): SQL {
  const parts = [
    ...keyParts(rangeParts(range, today), scope, [1, 0]),
    ...keyParts(rangeParts(previous, today), scope, [0, 1]),
  ];
  return sql`
    select key_id as member_id, sum(spend) as spend, sum(requests) as requests, sum(previous) as previous
    from (${sql.join(parts, sql` union all `)}) part group by key_id`;
}

type Row = { id: number | null; count: number; spend: string; previous: string; requests: string };

/** Exact sums by member, largest first; members without any figure in either range are left out. */
export async function sumMembers(
  context: ServerContext,
  by: SpendDimension,
  scope: SpendScope,
  ranges: Ranges,
): Promise<MemberTotals> {
  const totals =
    by === 'key'
      ? totalsOfKeys(await withConnectionIds(context, scope), ranges)
      : totalsOfDimension(by, scope, ranges);
  const { rows } = await context.db.execute<Row>(sql`
    with totals as (${totals}), ranked as (
      select *, least(row_number() over (order by spend desc, previous desc, member_id), ${LISTED_MEMBERS + 1}::int) as place
      from totals where spend <> 0 or requests <> 0 or previous <> 0
    )
    select case when place <= ${LISTED_MEMBERS}::int then min(member_id) end as id, count(*)::int as count,
      sum(spend)::text as spend, sum(previous)::text as previous, sum(requests)::text as requests
    from ranked group by place order by place`);
  const sums = rows.map((row) => ({
    ...row,
    spend: usd(row.spend),
    previous: usd(row.previous),
    requests: Number(row.requests),
  }));
  return {
    members: sums.flatMap(({ id, spend, previous, requests }) =>
      id === null ? [] : [{ id, spend, previous, requests }],
    ),
    rest: sums.find(({ id }) => id === null) ?? NO_REST,
  };
}
