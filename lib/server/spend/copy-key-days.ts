import 'server-only';
import { escapeLiteral } from 'pg';
import { copyOutCsv } from '@/lib/db/copy-out';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { ServerContext } from '../context';
import { NAMELESS } from './name-members';
import type { SpendDayNote } from './spend-csv';
import type { SpendScope } from './spend-scope';

type Day = SpendDayNote & { readonly day: UtcDay };

export type KeyDays = {
  /** Names its connections. */
  readonly scope: SpendScope;
  /** What keys are called that are not told by their own name. */
  readonly names: ReadonlyMap<number, string>;
  readonly days: readonly Day[];
};

/** About five megabytes; the first pieces are one day, so that something comes at once. */
const ROWS_A_PIECE = 60_000;
const MOST_DAYS = 31;
/** One piece is read while another one is sent. */
const AHEAD = 2;

const orNull = (text: string): string => (text === '' ? 'null' : escapeLiteral(text));

/** Text that no spreadsheet runs as a formula; `toCsvLine` does the same. */
const harmless = (name: string): string =>
  `nullif(case when ascii(${name}) in (61, 43, 45, 64, 9, 13) and ${name} !~ '^-?[0-9]+([.][0-9]+)?$'
    then '''' || ${name} else ${name} end, '')`;

function isOneOf(column: string, ids: readonly number[] | null): string {
  if (ids === null) return 'true';
  if (!ids.every(Number.isSafeInteger)) throw new RangeError('an id is a whole number');
  return `${column} = any('{${ids.join(',')}}'::int[])`;
}

/** A day without rows is a line too: zero when it was read, empty when not. */
function noteRow({ day, state, notRead }: Day): string {
  const withRows = state === 'missing' ? 'partial' : state;
  const figure = state === 'missing' ? 'null' : "'0'";
  return `(${escapeLiteral(day)}::date, ${escapeLiteral(withRows)}, ${escapeLiteral(state)}, ${figure}::text, ${orNull(notRead)}::text)`;
}

const FIGURES = [
  'trim_scale(s.spend)',
  'trim_scale(s.byok_spend)',
  's.requests',
  's.prompt_tokens',
  's.completion_tokens',
  's.reasoning_tokens',
].map((figure) => `coalesce(${figure}::text, d.figure)`);

/** A row of nothing keeps the list from being empty. */
function nameRows(names: KeyDays['names']): string {
  const rows = [...names].map(([id, name]) => `(${id}, ${escapeLiteral(name)})`);
  return ['(null::int, null::text)', ...rows].join(', ');
}

/** One row a day, key and team that held it on that day, in this order. */
function keyDaysQuery({ scope, names, days }: KeyDays): string {
  const [from, to] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''].map(escapeLiteral);
  return `
    with s as (
      select day, key_id, team_id, sum(spend) as spend, sum(byok_spend) as byok_spend, sum(requests) as requests,
        sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens,
        sum(reasoning_tokens) as reasoning_tokens
      from usage_facts where day between ${from} and ${to}
        and ${isOneOf('team_id', scope.teams)} and ${isOneOf('connection_id', scope.connections)}
      group by 1, 2, 3
    ), d (day, with_rows, without_rows, figure, not_read) as (
      values ${days.map(noteRow).join(', ')}
    ), n (id, name) as (values ${nameRows(names)})
    select d.day, ${harmless('coalesce(n.name, k.name)')}, s.key_id, ${harmless('c.name')},
      case when s.day is not null then ${harmless(`coalesce(t.name, ${escapeLiteral(NAMELESS.team)})`)} end,
      ${FIGURES.join(', ')}, case when s.day is null then d.without_rows else d.with_rows end, ${harmless('d.not_read')}
    from d left join s on s.day = d.day left join keys k on k.id = s.key_id left join n on n.id = s.key_id
      left join connections c on c.id = k.connection_id left join teams t on t.id = s.team_id
    order by d.day, s.key_id, s.team_id`;
}

async function copyPiece(context: ServerContext, piece: KeyDays) {
  return { days: piece.days.length, ...(await copyOutCsv(context.db, keyDaysQuery(piece))) };
}

/** The lines of spend by key and day, which the database writes itself, in pieces of some days. */
export async function* copyKeyDays(
  context: ServerContext,
  whole: KeyDays,
): AsyncGenerator<Uint8Array, void, undefined> {
  const begun: ReturnType<typeof copyPiece>[] = [];
  let days = 1;
  for (let at = 0; at < whole.days.length || begun.length > 0; ) {
    while (begun.length < AHEAD && at < whole.days.length) {
      const piece = copyPiece(context, { ...whole, days: whole.days.slice(at, at + days) });
      // Told when its turn comes; whoever stopped listening does not want to know.
      piece.catch(() => undefined);
      begun.push(piece);
      at += days;
    }
    const piece = await begun.shift();
    if (!piece) return;
    days = Math.min(MOST_DAYS, Math.max(1, Math.floor((piece.days * ROWS_A_PIECE) / piece.rows)));
    yield* piece.parts;
  }
}
