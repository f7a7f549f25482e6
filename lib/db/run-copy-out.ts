import type { Connection, PoolClient, Submittable } from 'pg';

/** Runs a `COPY … TO STDOUT`, which `pg` itself does not read. */
class CopyOut implements Submittable {
  readonly answer: Promise<number>;
  readonly #text: string;
  readonly #onRow: (row: Buffer) => void;
  #rows = 0;
  #resolve: (rows: number) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(text: string, onRow: (row: Buffer) => void) {
    this.#text = text;
    this.#onRow = onRow;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  /** One message is one row with its newline. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.#rows += 1;
    this.#onRow(chunk);
  }

  handleCommandComplete(): void {
    // The answer is whole only when the session is ready again.
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }
}

/**
 * Tells each row of a `COPY … TO STDOUT` with its newline, and answers how many there were. A row's buffer is used
 * again as soon as `onRow` returns: copy what is to stay.
 */
export function runCopyOut(client: PoolClient, text: string, onRow: (row: Buffer) => void): Promise<number> {
  return client.query(new CopyOut(text, onRow)).answer;
}
