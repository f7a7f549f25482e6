import type { Connection, PoolClient, Submittable } from 'pg';

export type CopiedRows = { readonly rows: number; readonly data: Buffer };

/** Runs a `COPY … TO STDOUT`, which `pg` itself does not read, and keeps its answer. */
class CopyOut implements Submittable {
  readonly answer: Promise<CopiedRows>;
  readonly #text: string;
  readonly #rows: Buffer[] = [];
  #resolve: (answer: CopiedRows) => void = () => undefined;
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

  /** One message is one row with its newline. Copied, as the parser uses its buffer again. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.#rows.push(Buffer.from(chunk));
  }

  handleCommandComplete(): void {
    // The answer is whole only when the session is ready again.
  }

  handleReadyForQuery(): void {
    this.#resolve({ rows: this.#rows.length, data: Buffer.concat(this.#rows) });
  }

  handleError(error: Error): void {
    this.#reject(error);
  }
}

/** The rows of one `COPY … TO STDOUT` in text format: keep the piece small, it is held in memory. */
export function copyOut(client: PoolClient, text: string): Promise<CopiedRows> {
  return client.query(new CopyOut(text)).answer;
}
