import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { Fault } from '../fault.mjs';
import { type BackupHeader, FORMAT_VERSION, headerSchema } from './backup-format';

const NEWLINE = Buffer.from('\n');

/** The whole lines of a stream, without their newlines. What stands after the last newline is no line. */
async function* splitLines(stream: Readable): AsyncGenerator<Buffer, void, undefined> {
  let begun: Buffer[] = [];
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('the stream does not yield bytes');
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      const rest = chunk.subarray(from, at);
      yield begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
      begun = [];
      from = at + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
}

export type BackupReader = {
  readonly header: BackupHeader;
  /** The next line; throws a Fault where the file ends. */
  readLine(): Promise<string>;
  /** The next line as what it must be; throws a Fault when it is not. */
  readJson<Schema extends z.ZodType>(schema: Schema): Promise<z.infer<Schema>>;
  /** SHA-256 in hex of all lines before the one that was read last. */
  digestBefore(): string;
  close(): void;
};

function explain(path: string, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new Fault(`There is no file ${path}.`);
  if (code === 'Z_BUF_ERROR') return new Fault(`${path} is cut off: it ends in the middle.`);
  if (code === 'Z_DATA_ERROR') return new Fault(`${path} is damaged, or no backup of Keyward.`);
  return new Fault(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
}

/** Reads lines and takes their hash, one line behind. */
class LineReader {
  readonly #file;
  readonly #stream;
  readonly #lines;
  readonly #hash = createHash('sha256');
  #last: Buffer | null = null;

  constructor(private readonly path: string) {
    this.#file = createReadStream(path);
    this.#stream = this.#file.pipe(createGunzip());
    this.#file.once('error', (error) => this.#stream.destroy(error));
    this.#lines = splitLines(this.#stream);
  }

  async readLine(): Promise<string> {
    if (this.#last) this.#hash.update(this.#last).update(NEWLINE);
    this.#last = null;
    const { done, value } = await this.#next();
    if (done || value === undefined) throw new Fault(`${this.path} is cut off: its end is missing.`);
    this.#last = value;
    return value.toString('utf8');
  }

  async readJson<Schema extends z.ZodType>(schema: Schema): Promise<z.infer<Schema>> {
    const line = await this.readLine();
    try {
      return schema.parse(JSON.parse(line));
    } catch {
      throw new Fault(`${this.path} is damaged, or no backup of Keyward.`);
    }
  }

  digestBefore(): string {
    return this.#hash.copy().digest('hex');
  }

  close(): void {
    this.#file.destroy();
    this.#stream.destroy();
  }

  async #next() {
    try {
      return await this.#lines.next();
    } catch (error) {
      throw explain(this.path, error);
    }
  }
}

/** Opens a backup and reads its header. Throws a Fault for what is no backup or one of a later format. */
export async function openBackup(path: string): Promise<BackupReader> {
  const lines = new LineReader(path);
  try {
    const header = await lines.readJson(headerSchema);
    if (header.version !== FORMAT_VERSION) {
      throw new Fault(`${path} was written by a newer version of Keyward. Restore it with that version.`);
    }
    return {
      header,
      readLine: () => lines.readLine(),
      readJson: (schema) => lines.readJson(schema),
      digestBefore: () => lines.digestBefore(),
      close: () => lines.close(),
    };
  } catch (error) {
    lines.close();
    throw error;
  }
}
