import 'server-only';
import { copiesAtOnce, copyOutCsv, toLiteral } from '@/lib/db/copy-out';
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
/** On a slow database a piece is smaller, so that nobody waits long for a connection. */
const PIECE_MS = 1_000;

const orNull = (text: string): string => (text === '' ? 'null' : toLiteral(text));

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
function emptyDay({ day, state, notRead }: Day): string {
  const figure = state === 'missing' ? 'null' : '0';
  return `(${toLiteral(day)}::date, ${toLiteral(state)}, ${figure}::numeric, ${orNull(notRead)}::text)`;
}

const arrayOf = (cells: readonly string[]): string => `array[${cells.join(', ')}]::text[]`;

/** Looks for each row's cell in an array by the days of the piece, which costs less than a join. */
const ofDay = (days: readonly Day[], cell: (day: Day) => string): string =>
  `(${arrayOf(days.map(cell))})[s.day - ${toLiteral(days[0]?.day ?? '')}::date + 1]`;

const FIGURES = [
  'trim_scale(s.spend)',
  'trim_scale(s.byok_spend)',
  's.requests',
  's.prompt_tokens',
  's.completion_tokens',
  's.reasoning_tokens',
];

function nameJoin(names: KeyDays['names']): { readonly name: string; readonly join: string } {
  if (names.size === 0) return { name: 'k.name', join: '' };
  const rows = [...names].map(([id, name]) => `(${id}, ${toLiteral(name)})`).join(', ');
  return {
    name: 'coalesce(n.name, k.name)',
    join: `left join (values ${rows}) n (id, name) on n.id = s.key_id`,
  };
}

/** One row a day, key and team that held it on that day, in this order. */
function keyDaysQuery({ scope, names, days }: KeyDays): string {
  const [from, to] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''].map(toLiteral);
  const isWithin = `${isOneOf('team_id', scope.teams)} and ${isOneOf('connection_id', scope.connections)}`;
  const { name, join } = nameJoin(names);
  const state = ofDay(days, (day) => toLiteral(day.state === 'missing' ? 'partial' : day.state));
  return `
    with s as (
      select day, key_id, team_id, sum(spend) as spend, sum(byok_spend) as byok_spend, sum(requests) as requests,
        sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens,
        sum(reasoning_tokens) as reasoning_tokens
      from usage_facts where day between ${from} and ${to} and ${isWithin} group by 1, 2, 3
    )
    select s.day, ${harmless(name)}, s.key_id, ${harmless('c.name')},
      ${harmless(`coalesce(t.name, ${toLiteral(NAMELESS.team)})`)}, ${FIGURES.join(', ')}, ${state},
      ${harmless(ofDay(days, ({ notRead }) => orNull(notRead)))}
    from s left join keys k on k.id = s.key_id left join connections c on c.id = k.connection_id
      left join teams t on t.id = s.team_id ${join}
    union all
    select d.day, null, null, null, null, ${FIGURES.map(() => 'd.figure').join(', ')}, d.state, ${harmless('d.not_read')}
    from (values ${days.map(emptyDay).join(', ')}) d (day, state, figure, not_read)
    where coalesce((select false from usage_facts where day = d.day and ${isWithin} limit 1), true)
    order by 1, 3, 5`;
}

async function copyPiece(context: ServerContext, piece: KeyDays) {
  const startedAt = performance.now();
  const lines = await copyOutCsv(context.db, keyDaysQuery(piece));
  return { days: piece.days.length, ms: performance.now() - startedAt, ...lines };
}

/** The lines of spend by key and day, which the database writes itself, in pieces of some days. */
export async function* copyKeyDays(
  context: ServerContext,
  whole: KeyDays,
): AsyncGenerator<Uint8Array, void, undefined> {
  const begun: ReturnType<typeof copyPiece>[] = [];
  const ahead = copiesAtOnce(context.db);
  let days = 1;
  for (let at = 0; at < whole.days.length || begun.length > 0; ) {
    while (begun.length < ahead && at < whole.days.length) {
      const piece = copyPiece(context, { ...whole, days: whole.days.slice(at, at + days) });
      // Told when its turn comes; whoever stopped listening does not want to know.
      piece.catch(() => undefined);
      begun.push(piece);
      at += days;
    }
    const piece = await begun.shift();
    if (!piece) return;
    const share = Math.min(ROWS_A_PIECE / piece.rows, PIECE_MS / piece.ms);
    days = Math.min(MOST_DAYS, Math.max(1, Math.floor(piece.days * share)));
    yield* piece.parts;
  }
}
