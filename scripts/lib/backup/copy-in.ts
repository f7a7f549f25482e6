import { once } from 'node:events';
import type { Connection, PoolClient, Submittable } from 'pg';
import { type Column, sqlColumns, sqlTable } from './keyward-tables';
import type { RowLoader } from './row-loader';

const PIECE_BYTES = 64 * 1_024;

/** One message of the protocol: its letter, its length and what it holds. */
function message(letter: string, content: string): Buffer {
  const body = Buffer.from(content, 'utf8');
  const head = Buffer.alloc(5);
  head.write(letter, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Runs a `COPY … FROM STDIN`, which `pg` itself does not feed. */
class CopyIn implements Submittable {
  readonly ready: Promise<Connection>;
  readonly finished: Promise<void>;
  readonly #text: string;
  #isReady: (connection: Connection) => void = () => undefined;
  #isFinished: () => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;

  constructor(text: string) {
    this.#text = text;
    this.finished = new Promise((resolve, reject) => {
      this.#isFinished = resolve;
      this.#fail = reject;
    });
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.finished.catch(reject);
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  handleCopyInResponse(connection: Connection): void {
    this.#isReady(connection);
  }

  handleCommandComplete(): void {
    // Done only when the session is ready again.
  }

  handleReadyForQuery(): void {
    this.#isFinished();
  }

  handleError(error: Error): void {
    this.#fail(error);
  }
}

export async function loadByCopy(
  client: PoolClient,
  table: string,
  columns: readonly Column[],
): Promise<RowLoader> {
  const names = sqlColumns(columns.map(({ name }) => name));
  const copy = client.query(new CopyIn(`copy ${sqlTable(table)} (${names}) from stdin`));
  const { stream } = await copy.ready;
  let lines: string[] = [];
  let size = 0;
  const flush = async () => {
    const isTaken = stream.write(message('d', lines.join('')));
    lines = [];
    size = 0;
    // The server may refuse a row long before all are sent.
    if (!isTaken) await Promise.race([once(stream, 'drain'), copy.finished]);
  };
  return {
    async add(line) {
      lines.push(`${line}\n`);
      size += line.length;
      if (size >= PIECE_BYTES) await flush();
    },
    async end() {
      await flush();
      stream.write(message('c', ''));
      await copy.finished;
    },
    async abort() {
      stream.write(message('f', 'the backup could not be read\0'));
      await copy.finished.catch(() => undefined);
    },
  };
}
