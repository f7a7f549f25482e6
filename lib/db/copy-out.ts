import 'server-only';
import pg from 'pg';
import type { Database } from './client';
import { runCopyOut } from './run-copy-out';

/** Lines of CSV, whole ones in each part. */
export type CopiedLines = { readonly rows: number; readonly parts: readonly Buffer[] };

const PART_BYTES = 65_536;
/** CR and LF. */
const LINE_END = 0x0d0a;

/**
 * For many rows, sorted ones are summed faster than hashed ones, and names are found faster in a hash table than
 * one by one. They hold for one copy: one text is one transaction.
 */
const SETTINGS =
  "set local enable_hashagg = off; set local enable_nestloop = off; set local work_mem = '64MB';";

/** Gathers rows in few large parts, each row with CSV's own line end. */
class LineParts {
  readonly parts: Buffer[] = [];
  #part = Buffer.allocUnsafe(PART_BYTES);
  #used = 0;

  /** `row` ends with a line feed, which gives way to CSV's line end. */
  add(row: Buffer): void {
    if (this.#used + row.length + 1 > this.#part.length) {
      this.end();
      this.#part = Buffer.allocUnsafe(Math.max(row.length + 1, PART_BYTES));
    }
    this.#used += row.copy(this.#part, this.#used) - 1;
    this.#used = this.#part.writeUInt16BE(LINE_END, this.#used);
  }

  end(): void {
    if (this.#used > 0) this.parts.push(this.#part.subarray(0, this.#used));
    this.#used = 0;
  }
}

/** How many copies may run side by side: pages need connections too, and the embedded database has but one. */
export function copiesAtOnce(db: Database): number {
  return (db.$client?.options.max ?? 1) > 1 ? 2 : 1;
}

/** A text as it stands in the statement of a copy, which takes no parameters. */
export function toLiteral(text: string): string {
  return pg.escapeLiteral(text);
}

/**
 * The rows of a query as CSV with the line ends of RFC 4180, as the database itself writes them: several times as
 * fast as rows that become objects first. `query` takes no parameters. Held in memory: keep it to some ten thousand
 * rows. On a connection of its own, so never within a transaction.
 */
export async function copyOutCsv(db: Database, query: string): Promise<CopiedLines> {
  if (!db.$client) throw new Error('COPY needs a connection of its own, not one in a transaction');
  const client = await db.$client.connect();
  try {
    const text = `${SETTINGS} copy (${query}) to stdout with (format csv)`;
    const lines = new LineParts();
    const rows = await runCopyOut(client, text, (row) => lines.add(row));
    lines.end();
    client.release();
    return { rows, parts: lines.parts };
  } catch (error) {
    client.release(true);
    throw error;
  }
}
