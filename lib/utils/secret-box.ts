import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { masterKeyId } from './master-key';

const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const boxSchema = z.base64();

/**
 * A secret as it is stored. Both boxes are base64 of nonce (12 bytes), ciphertext and tag (16 bytes):
 * `wrappedKey` holds the record's own data key under the master key, `box` the text under that data key.
 */
export const SealedSecret = z.strictObject({
  version: z.literal(VERSION),
  masterKeyId: z.string().regex(/^[0-9a-f]{8}$/),
  wrappedKey: boxSchema,
  box: boxSchema,
});
export type SealedSecret = z.infer<typeof SealedSecret>;

export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';

  constructor(
    readonly reason: 'other_master_key' | 'not_authentic' | 'malformed',
    message: string,
  ) {
    super(message);
  }
}

function encrypt(key: Buffer, plain: Buffer, boundTo: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(boundTo, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function decrypt(key: Buffer, box: string, boundTo: string): Buffer {
  const bytes = Buffer.from(box, 'base64');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) {
    throw new SecretBoxError('malformed', 'A stored secret is too short to be one.');
  }
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(boundTo, 'utf8'));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch {
    throw new SecretBoxError('not_authentic', 'A stored secret was altered or belongs to another record.');
  }
}

/** What each box is authenticated with: its role, version, master key and the record it belongs to. */
function bindings(keyId: string, boundTo: string): { key: string; text: string } {
  return {
    key: `keyward/data-key/v${VERSION}/${keyId}/${boundTo}`,
    text: `keyward/secret/v${VERSION}/${keyId}/${boundTo}`,
  };
}

/**
 * Encrypts a secret with AES-256-GCM under a fresh data key, itself wrapped by the master key.
 * @param boundTo the record it belongs to, such as `connection:12`; it opens for no other.
 */
export function sealSecret(masterKey: Buffer, plaintext: string, boundTo: string): SealedSecret {
  if (boundTo === '') throw new SecretBoxError('malformed', 'A secret must be bound to a record.');
  const keyId = masterKeyId(masterKey);
  const bound = bindings(keyId, boundTo);
  const dataKey = randomBytes(KEY_BYTES);
  const text = Buffer.from(plaintext, 'utf8');
  try {
    return {
      version: VERSION,
      masterKeyId: keyId,
      wrappedKey: encrypt(masterKey, dataKey, bound.key),
      box: encrypt(dataKey, text, bound.text),
    };
  } finally {
    dataKey.fill(0);
    text.fill(0);
  }
}

/**
 * The text that `sealSecret` was given for the same record. Accepts a stored JSON value and checks its shape.
 * @throws {SecretBoxError} when it was sealed by another master key, altered, moved to another record, or is
 * no sealed secret.
 */
export function openSecret(masterKey: Buffer, stored: unknown, boundTo: string): string {
  const parsed = SealedSecret.safeParse(stored);
  if (!parsed.success) throw new SecretBoxError('malformed', 'A stored secret has an unknown form.');
  const sealed = parsed.data;
  const keyId = masterKeyId(masterKey);
  if (sealed.masterKeyId !== keyId) {
    throw new SecretBoxError(
      'other_master_key',
      `A stored secret was sealed by master key ${sealed.masterKeyId}, but the loaded one is ${keyId}.`,
    );
  }
  const bound = bindings(keyId, boundTo);
  const dataKey = decrypt(masterKey, sealed.wrappedKey, bound.key);
  try {
    return decrypt(dataKey, sealed.box, bound.text).toString('utf8');
  } finally {
    dataKey.fill(0);
  }
}
