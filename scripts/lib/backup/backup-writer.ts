import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Fault } from '../fault.mjs';

export type BackupWriter = {
  /** Takes whole lines. */
  write(lines: string | Buffer): Promise<void>;
  /** SHA-256 in hex of all that was written. */
  digest(): string;
  /** Flushes to disk and gives the file its name; until then it does not exist. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): void;
};

/**
 * Writes a file that only its owner reads. It is compressed lightly, since the transaction that reads the database
 * waits for it.
 */
export function createBackupWriter(path: string): BackupWriter {
  if (existsSync(path)) throw new Fault(`${path} exists already. Name another file, or move that one away.`);
  const draft = `${path}.${randomBytes(4).toString('hex')}.unfinished`;
  const discard = () => rmSync(draft, { force: true });
  process.once('exit', discard);
  const hash = createHash('sha256');
  const gzip = createGzip({ level: 3 });
  const file = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
  const written = pipeline(gzip, file);
  // Heard by the next write or by finish; without this, a full disk would end the process in between.
  written.catch(() => undefined);
  return {
    async write(lines) {
      hash.update(lines);
      if (gzip.write(lines)) return;
      const failed = written.then(() => Promise.reject(new Error(`${draft} was closed too early`)));
      await Promise.race([once(gzip, 'drain'), failed]);
    },
    digest: () => hash.copy().digest('hex'),
    async finish() {
      gzip.end();
      await written;
      renameSync(draft, path);
      process.off('exit', discard);
    },
    discard() {
      gzip.destroy();
      file.destroy();
      discard();
      process.off('exit', discard);
    },
  };
}
