import 'server-only';
import pg, { type Connection, type Submittable } from 'pg';
import type { Database } from './client';

/** Lines of CSV, whole ones in each part. */
export type CopiedLines = { readonly rows: number; readonly parts: readonly Buffer[] };

const PART_BYTES = 65_536;
const LINE_FEED = 10;

/**
 * For many rows, sorted ones are summed faster than hashed ones, and names are found faster in a hash table than
 * one by one. They hold for one copy: one text is one transaction.
 */
const SETTINGS =
  "set local enable_hashagg = off; set local enable_nestloop = off; set local work_mem = '64MB';";

/** Runs a `COPY … TO STDOUT`, which `pg` itself does not read. */
class CopyOut implements Submittable {
  readonly answer: Promise<CopiedLines>;
  readonly #text: string;
  readonly #parts: Buffer[] = [];
  #part = Buffer.allocUnsafe(PART_BYTES);
  #used = 0;
  #rows = 0;
  #resolve: (answer: CopiedLines) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(text: string) {
    this.#text = text;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  /** One message is one row with its newline, which becomes CSV's own line end. Copied: the parser uses its buffer again. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#used + chunk.length + 1 > this.#part.length) this.#flush(chunk.length + 1);
    this.#used += chunk.copy(this.#part, this.#used) - 1;
    this.#used = this.#part.writeUInt16BE(0x0d00 + LINE_FEED, this.#used);
    this.#rows += 1;
  }

  handleCommandComplete(): void {
    // The answer is whole only when the session is ready again.
  }

  handleReadyForQuery(): void {
    this.#flush(0);
    this.#resolve({ rows: this.#rows, parts: this.#parts });
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  #flush(needed: number): void {
    if (this.#used > 0) this.#parts.push(this.#part.subarray(0, this.#used));
    this.#part = Buffer.allocUnsafe(Math.max(needed, needed === 0 ? 0 : PART_BYTES));
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
    const lines = await client.query(new CopyOut(text)).answer;
    client.release();
    return lines;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
