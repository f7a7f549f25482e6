import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { usd } from '@/lib/domain/money/usd';
import { eachDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import { type ConnectionCoverage, dayStates, type SpendDayState } from '@/lib/domain/spend/spend-coverage';
import type { SpendDimension } from '@/lib/domain/spend/spend-query';
import type { SpendRange } from '@/lib/domain/spend/spend-range';
import { toCsvLine } from '@/lib/utils/csv';
import { NAMELESS } from './name-members';
import { dimensionSource, type SpendScope } from './spend-scope';

/** What tells the members of a dimension apart. */
export const spendCsvHeads: Record<SpendDimension, readonly string[]> = {
  team: ['team', 'team_id'],
  connection: ['connection', 'connection_id', 'provider'],
  key: ['key', 'key_id', 'connection', 'team'],
  model: ['model'],
};

/** Keys are many: `copyKeyDays` writes them. */
export type SpendCsvDimension = Exclude<SpendDimension, 'key'>;

/** How a statement over `s` gives the cells of a member. */
const memberCells: Record<SpendCsvDimension, SQL> = {
  team: sql`coalesce(t.name, ${NAMELESS.team}) as a, nullif(s.member_id, 0)::text as b, null as c`,
  connection: sql`t.name as a, s.member_id::text as b, t.provider as c`,
  model: sql`coalesce(nullif(t.name, ''), ${NAMELESS.model}) as a, null as b, null as c`,
};

const nameTables: Record<SpendCsvDimension, string> = {
  team: 'teams',
  connection: 'connections',
  model: 'models',
};

export const spendCsvCounters = [
  'spend_usd',
  'byok_spend_usd',
  'requests',
  'prompt_tokens',
  'completion_tokens',
  'reasoning_tokens',
] as const;
const SUMS = sql`sum(spend) as spend, sum(byok_spend) as byok, sum(requests) as requests,
  sum(prompt_tokens) as prompt, sum(completion_tokens) as completion, sum(reasoning_tokens) as reasoning`;

export type SpendCsvRow = {
  day: UtcDay;
  a: string | null;
  b: string | null;
  c: string | null;
  spend: string;
  byok: string;
  requests: string;
  prompt: string;
  completion: string;
  reasoning: string;
};

/** One row a day and member; the scope names its connections. */
export function spendCsvQuery(by: SpendCsvDimension, scope: SpendScope, { from, to }: SpendRange): SQL {
  return sql`with s as (
      select day, member_id, ${SUMS} from ${dimensionSource(by, scope)}
      where day between ${from} and ${to} group by 1, 2
    )
    select s.day, ${memberCells[by]}, s.spend::text, s.byok::text, s.requests::text, s.prompt::text, s.completion::text,
      s.reasoning::text
    from s left join ${sql.raw(nameTables[by])} t on t.id = s.member_id
    order by s.day, s.spend desc, s.member_id`;
}

export type SpendDayNote = { readonly state: SpendDayState; readonly notRead: string };

/** What is known of each day of a range, and which connections were not read. */
export function spendDayNotes(
  range: SpendRange,
  coverage: readonly ConnectionCoverage[],
  today: UtcDay,
): (SpendDayNote & { readonly day: UtcDay })[] {
  const states = dayStates(range.from, range.to, coverage, today);
  return eachDay(range.from, range.to).map((day, at) => {
    const notRead = coverage.filter(({ states: marks }) => marks.charAt(at) === 'm');
    return { day, state: states[at] ?? 'missing', notRead: notRead.map(({ name }) => name).join('; ') };
  });
}

type Day = { readonly day: UtcDay; readonly rows: readonly SpendCsvRow[]; readonly note: SpendDayNote };

/** A day without rows stands too: without use it is zero, not read it is empty. */
function dayLines({ day, rows, note }: Day, columns: number): string {
  const state = rows.length > 0 && note.state === 'missing' ? 'partial' : note.state;
  if (rows.length === 0) {
    const figures = spendCsvCounters.map(() => (state === 'missing' ? null : 0));
    return toCsvLine([day, ...Array<null>(columns).fill(null), ...figures, state, note.notRead]);
  }
  return rows
    .map(({ a, b, c, spend, byok, requests, prompt, completion, reasoning }) => {
      const figures = [usd(spend), usd(byok), requests, prompt, completion, reasoning];
      return toCsvLine([day, ...[a, b, c].slice(0, columns), ...figures, state, note.notRead]);
    })
    .join('');
}

/** The lines of some days; `rows` come in the order of days. */
export function spendCsvLines(
  rows: readonly SpendCsvRow[],
  notes: readonly (SpendDayNote & { readonly day: UtcDay })[],
  columns: number,
): string {
  const byDay = new Map<UtcDay, SpendCsvRow[]>(notes.map(({ day }) => [day, []]));
  for (const row of rows) byDay.get(row.day)?.push(row);
  return notes
    .map((note) => dayLines({ day: note.day, rows: byDay.get(note.day) ?? [], note }, columns))
    .join('');
}
