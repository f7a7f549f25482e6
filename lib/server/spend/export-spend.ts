import 'server-only';
import { daysBetween, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type SpendDimension, type SpendQuery, writeIds } from '@/lib/domain/spend/spend-query';
import { lastKnownDay, type SpendRange } from '@/lib/domain/spend/spend-range';
import { toCsvLine } from '@/lib/utils/csv';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { listCoverage } from './list-coverage';
import { listLeftKeys } from './name-left-keys';
import {
  type SpendCsvRow,
  spendCsvCounters,
  spendCsvLines,
  spendCsvMembers,
  spendCsvQuery,
  spendDayNotes,
} from './spend-csv';
import { type SpendScope, spendScope, withConnectionIds } from './spend-scope';

export type SpendExport = {
  readonly filename: string;
  /** The text in pieces, some days at a time; read as it is sent, so that nothing piles up. */
  readonly pieces: AsyncIterable<string>;
};

/** Days a statement: of keys there may be a hundred thousand a day. */
const DAYS_A_PIECE: Record<SpendDimension, number> = { team: 31, connection: 31, model: 7, key: 1 };

async function* writePieces(
  context: ServerContext,
  by: SpendDimension,
  scope: SpendScope,
  range: SpendRange,
): AsyncGenerator<string, void, undefined> {
  const { heads } = spendCsvMembers[by];
  const coverage = await listCoverage(context, scope, range);
  const pinned = await withConnectionIds(context, scope);
  const left: ReadonlyMap<number, string> =
    by === 'key' ? await listLeftKeys(context, scope, range) : new Map();
  const notes = spendDayNotes(range, coverage, utcDayOf(context.now()));
  yield toCsvLine(['day_utc', ...heads, ...spendCsvCounters, 'state', 'not_read']);
  for (let at = 0; at < notes.length; at += DAYS_A_PIECE[by]) {
    const days = notes.slice(at, at + DAYS_A_PIECE[by]);
    const piece = { from: days[0]?.day ?? range.from, to: days.at(-1)?.day ?? range.to };
    const { rows } = await context.db.execute<SpendCsvRow>(spendCsvQuery(by, pinned, piece));
    const named = left.size > 0 ? rows.map((row) => ({ ...row, a: left.get(Number(row.b)) ?? row.a })) : rows;
    yield spendCsvLines(named, days, heads.length);
  }
}

/**
 * Spend by UTC day and member as CSV: exact decimals in US dollars, each day's state (`final`, `partial`, `today`,
 * `missing`) and the connections that were not read. Recorded in the audit log before the first byte.
 */
export async function exportSpend(context: ServerContext, query: SpendQuery): Promise<SpendExport> {
  const scope = spendScope(context, 'spend.export', query);
  const today = utcDayOf(context.now());
  if (query.from > today) throw new AppError('invalid', 'These days are still to come.');
  const range = { from: query.from, to: lastKnownDay(query, today) };
  await withTransaction(context, (tx) =>
    appendAudit(tx, context, {
      action: 'spend.export',
      subjectKind: 'export',
      subjectName: 'Spend',
      after: {
        ...range,
        days: daysBetween(range.from, range.to) + 1,
        by: query.by,
        connections: writeIds(query.connections),
        teams: writeIds(query.teams),
      },
      outcome: 'done',
    }),
  );
  return {
    filename: `keyward-spend-by-${query.by}-${range.from}-to-${range.to}.csv`,
    pieces: writePieces(context, query.by, scope, range),
  };
}
