import 'server-only';
import { daysBetween, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type SpendDimension, type SpendQuery, writeIds } from '@/lib/domain/spend/spend-query';
import { lastKnownDay, type SpendRange } from '@/lib/domain/spend/spend-range';
import { toCsvLine } from '@/lib/utils/csv';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { copyKeyDays } from './copy-key-days';
import { listCoverage } from './list-coverage';
import { listLeftKeys } from './name-left-keys';
import {
  type SpendCsvRow,
  spendCsvCounters,
  spendCsvHeads,
  spendCsvLines,
  spendCsvQuery,
  spendDayNotes,
} from './spend-csv';
import { type SpendScope, spendScope, withConnectionIds } from './spend-scope';

export type SpendExport = {
  readonly filename: string;
  /** The text in pieces, some days at a time; read as it is sent, so that nothing piles up. */
  readonly pieces: AsyncIterable<string | Uint8Array>;
};

/** Days a statement. */
const DAYS_A_PIECE: Record<Exclude<SpendDimension, 'key'>, number> = { team: 31, connection: 31, model: 7 };

async function* writePieces(
  context: ServerContext,
  by: SpendDimension,
  scope: SpendScope,
  range: SpendRange,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  const heads = spendCsvHeads[by];
  const coverage = await listCoverage(context, scope, range);
  const pinned = await withConnectionIds(context, scope);
  const notes = spendDayNotes(range, coverage, utcDayOf(context.now()));
  yield toCsvLine(['day_utc', ...heads, ...spendCsvCounters, 'state', 'not_read']);
  if (by === 'key') {
    const names = await listLeftKeys(context, scope, range);
    return yield* copyKeyDays(context, { scope: pinned, names, days: notes });
  }
  for (let at = 0; at < notes.length; at += DAYS_A_PIECE[by]) {
    const days = notes.slice(at, at + DAYS_A_PIECE[by]);
    const piece = { from: days[0]?.day ?? range.from, to: days.at(-1)?.day ?? range.to };
    const { rows } = await context.db.execute<SpendCsvRow>(spendCsvQuery(by, pinned, piece));
    yield spendCsvLines(rows, days, heads.length);
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
