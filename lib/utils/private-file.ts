import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';

export class PrivateFileError extends Error {
  override readonly name = 'PrivateFileError';

  constructor(
    readonly reason: 'missing' | 'not_a_file' | 'readable_by_others' | 'unreadable',
    message: string,
  ) {
    super(message);
  }
}

function hasErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/**
 * The trimmed text of a file that only its owner may read.
 * @throws {PrivateFileError} when it is missing, no file, unreadable, or open to group or others (not checked
 * on Windows, which has no such mode).
 */
export function readPrivateFile(path: string): string {
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(/* turbopackIgnore: true */ path);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) throw new PrivateFileError('missing', `${path} does not exist`);
    throw new PrivateFileError('unreadable', `${path} cannot be read by this user`);
  }
  if (!stat.isFile()) throw new PrivateFileError('not_a_file', `${path} is not a file`);
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
    const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
    throw new PrivateFileError(
      'readable_by_others',
      `${path} has mode ${mode}, so other users of this machine can reach it`,
    );
  }
  try {
    return readFileSync(/* turbopackIgnore: true */ path, 'utf8').trim();
  } catch {
    throw new PrivateFileError('unreadable', `${path} cannot be read by this user`);
  }
}

/**
 * Writes a new file of mode 0600 and flushes it to disk.
 * @returns false, without touching it, when the file exists already.
 */
export function createPrivateFile(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(/* turbopackIgnore: true */ path, 'wx', 0o600);
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return true;
}
