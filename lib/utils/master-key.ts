import { createHash, randomBytes } from 'node:crypto';
import { createPrivateFile, readPrivateFile } from './private-file';

const KEY_BYTES = 32;
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=?$/;
const BASE64URL_OF_32_BYTES = /^[A-Za-z0-9_-]{43}=?$/;

/** Thrown for text that is not 32 bytes in base64; the text itself is never in the message. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

/** Where the key comes from: the text wins over the file. */
type MasterKeySource = { text?: string | undefined; file: string };

/** @throws {MasterKeyError} unless the text is exactly 32 bytes in base64 or base64url. */
export function parseMasterKey(text: string): Buffer {
  const trimmed = text.trim();
  if (!BASE64_OF_32_BYTES.test(trimmed) && !BASE64URL_OF_32_BYTES.test(trimmed)) {
    throw new MasterKeyError('the master key is not 32 bytes in base64');
  }
  const key = Buffer.from(trimmed, 'base64');
  if (key.length !== KEY_BYTES) throw new MasterKeyError('the master key is not 32 bytes in base64');
  if (key.every((byte) => byte === key[0])) {
    throw new MasterKeyError('the master key is one byte repeated, which is not a random key');
  }
  return key;
}

/**
 * The 32-byte key that wraps the data key of every stored secret.
 * @throws {MasterKeyError} for a malformed key, {PrivateFileError} for a missing or exposed file.
 */
export function loadMasterKey(source: MasterKeySource): Buffer {
  return parseMasterKey(source.text ?? readPrivateFile(source.file));
}

/** Makes a random key in a new 0600 file. Returns false, changing nothing, when the file exists. */
export function createMasterKeyFile(path: string): boolean {
  return createPrivateFile(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
}

/** First 8 hex digits of the key's SHA-256: tells which key sealed a record, and nothing of the key. */
export function masterKeyId(masterKey: Buffer): string {
  return createHash('sha256').update(masterKey).digest('hex').slice(0, 8);
}
