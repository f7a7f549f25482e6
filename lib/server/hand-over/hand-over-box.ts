import 'server-only';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { SecretBoxError } from '@/lib/utils/secret-box';

const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** 32 random bytes for a link's fragment. */
export function createLinkKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

function derive(material: Buffer, handOverId: string, purpose: string): Buffer {
  const info = `keyward/hand-over/v${VERSION}/${purpose}`;
  return Buffer.from(hkdfSync('sha256', material, handOverId, info, KEY_BYTES));
}

/** Both are needed: neither the link alone nor the installation alone opens a box. */
function boxKey(masterKey: Buffer, linkKey: Buffer, handOverId: string): Buffer {
  if (linkKey.length !== KEY_BYTES) throw new SecretBoxError('malformed', 'A link key has 32 bytes.');
  const material = Buffer.concat([linkKey, masterKey]);
  try {
    return derive(material, handOverId, 'box');
  } finally {
    material.fill(0);
  }
}

function bindingOf(handOverId: string): Buffer {
  return Buffer.from(`keyward/hand-over/v${VERSION}/${handOverId}`, 'utf8');
}

/**
 * What the database keeps to recognise a link: the SHA-256, in hex, of a token derived from the link's key. From
 * it neither the link key nor the box's key can be told.
 */
export function linkTokenHash(linkKey: Buffer, handOverId: string): string {
  return createHash('sha256')
    .update(derive(linkKey, handOverId, 'token'))
    .digest('hex');
}

/** AES-256-GCM under a key of link and installation, bound to one hand-over: version, nonce, text, tag. */
export function sealHandOver(masterKey: Buffer, linkKey: Buffer, handOverId: string, secret: string): Buffer {
  const key = boxKey(masterKey, linkKey, handOverId);
  const text = Buffer.from(secret, 'utf8');
  const nonce = randomBytes(NONCE_BYTES);
  try {
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(bindingOf(handOverId));
    const sealed = [cipher.update(text), cipher.final()];
    return Buffer.concat([Buffer.of(VERSION), nonce, ...sealed, cipher.getAuthTag()]);
  } finally {
    key.fill(0);
    text.fill(0);
  }
}

/**
 * The text that `sealHandOver` was given.
 * @throws {SecretBoxError} for another link, master key or hand-over, an altered box, or no box at all.
 */
export function openHandOver(masterKey: Buffer, linkKey: Buffer, handOverId: string, box: Buffer): string {
  if (box.length < HEAD_BYTES + TAG_BYTES || box[0] !== VERSION) {
    throw new SecretBoxError('malformed', 'A sealed hand-over has an unknown form.');
  }
  const key = boxKey(masterKey, linkKey, handOverId);
  const nonce = box.subarray(1, HEAD_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bindingOf(handOverId));
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
  try {
    const text = decipher.update(box.subarray(HEAD_BYTES, box.length - TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    throw new SecretBoxError('not_authentic', 'A sealed hand-over was altered or belongs to another key.');
  } finally {
    key.fill(0);
  }
}
