import 'server-only';
import { keyCsvColumns, keyCsvFilename } from '@/lib/domain/keys/key-csv';
import { filterKeys, type KeyFilters, writeKeyFilters } from '@/lib/domain/keys/key-filters';
import { type KeySort, sortKeys } from '@/lib/domain/keys/key-sort';
import { decodeKeysTable, type KeyRow } from '@/lib/domain/keys/keys-table';
import { decodeRecentSpend, type RecentSpend } from '@/lib/domain/keys/recent-spend';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { toCsvLine } from '@/lib/utils/csv';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { getKeysTable } from './get-keys-table';
import { getRecentSpend } from './get-recent-spend';

export type CsvExport = {
  readonly filename: string;
  /** The text in pieces: the headings, then some hundred rows at a time. */
  readonly pieces: Iterable<string>;
};

const ROWS_A_PIECE = 500;

function* writePieces(
  month: string,
  rows: readonly KeyRow[],
  recent: RecentSpend,
): Generator<string, void, undefined> {
  const columns = keyCsvColumns(month);
  yield toCsvLine(columns.map(({ heading }) => heading));
  for (let at = 0; at < rows.length; at += ROWS_A_PIECE) {
    yield rows
      .slice(at, at + ROWS_A_PIECE)
      .map((row) => toCsvLine(columns.map(({ value }) => value(row, recent))))
      .join('');
  }
}

/** The keys that the table shows with these filters, in its order, as CSV. Recorded in the audit log. */
export async function exportKeys(
  context: ServerContext,
  input: { readonly filters: KeyFilters; readonly sort: KeySort },
): Promise<CsvExport> {
  requirePermission(context, 'keys.export');
  const wire = await getKeysTable(context);
  const recent = decodeRecentSpend(await getRecentSpend(context));
  const facts = { nowMs: Date.parse(wire.asOf), recent };
  const rows = sortKeys(filterKeys(decodeKeysTable(wire), input.filters, facts), input.sort, facts);
  const asked = Object.entries(writeKeyFilters(input.filters)).filter(([, text]) => text !== null);
  await withTransaction(context, (tx) =>
    appendAudit(tx, context, {
      action: 'keys.export',
      subjectKind: 'export',
      subjectName: 'Keys',
      after: { keys: rows.length, filters: Object.fromEntries(asked) },
      outcome: 'done',
    }),
  );
  return {
    filename: keyCsvFilename(utcDayOf(context.now())),
    pieces: writePieces(wire.month, rows, recent),
  };
}
