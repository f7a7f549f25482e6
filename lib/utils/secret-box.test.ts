import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openSecret, type SealedSecret, SecretBoxError, sealSecret } from './secret-box';

const masterKey = randomBytes(32);
const text = 'sk-or-v1-0123456789abcdef — ключ';

function flipByte(base64: string, index: number): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
  return bytes.toString('base64');
}

function reasonOf(open: () => string): string {
  try {
    open();
  } catch (error) {
    if (error instanceof SecretBoxError) return error.reason;
    throw error;
  }
  return 'opened';
}

describe('a sealed secret', () => {
  it('opens to the same text for the same record, also after a trip through JSON', () => {
    const sealed: unknown = JSON.parse(JSON.stringify(sealSecret(masterKey, text, 'connection:12')));
    expect(openSecret(masterKey, sealed, 'connection:12')).toBe(text);
    expect(openSecret(masterKey, sealSecret(masterKey, '', 'connection:12'), 'connection:12')).toBe('');
  });

  it('holds nothing of its text and never the same bytes twice', () => {
    const first = sealSecret(masterKey, text, 'connection:12');
    const second = sealSecret(masterKey, text, 'connection:12');
    expect(Buffer.from(first.box, 'base64').includes(Buffer.from('sk-or'))).toBe(false);
    expect(first.box).not.toBe(second.box);
    expect(first.wrappedKey).not.toBe(second.wrappedKey);
  });

  it('opens for no other record', () => {
    const sealed = sealSecret(masterKey, text, 'connection:12');
    expect(reasonOf(() => openSecret(masterKey, sealed, 'connection:13'))).toBe('not_authentic');
    expect(reasonOf(() => openSecret(masterKey, sealed, 'connection:1'))).toBe('not_authentic');
  });

  it('names the master key that it needs when another is loaded', () => {
    const sealed = sealSecret(masterKey, text, 'connection:12');
    const other = randomBytes(32);
    expect(reasonOf(() => openSecret(other, sealed, 'connection:12'))).toBe('other_master_key');
    expect(() => openSecret(other, sealed, 'connection:12')).toThrow(sealed.masterKeyId);
  });

  it('fails when any byte of nonce, ciphertext or tag of either box is altered', () => {
    const sealed = sealSecret(masterKey, text, 'connection:12');
    for (const part of ['wrappedKey', 'box'] as const) {
      const length = Buffer.from(sealed[part], 'base64').length;
      for (let index = 0; index < length; index += 1) {
        const altered = { ...sealed, [part]: flipByte(sealed[part], index) };
        expect(reasonOf(() => openSecret(masterKey, altered, 'connection:12'))).toBe('not_authentic');
      }
    }
  });

  it('fails when the boxes of two records are mixed', () => {
    const one = sealSecret(masterKey, text, 'connection:12');
    const two = sealSecret(masterKey, 'other', 'connection:12');
    const mixed = { ...one, box: two.box };
    expect(reasonOf(() => openSecret(masterKey, mixed, 'connection:12'))).toBe('not_authentic');
  });

  it.each<[string, (sealed: SealedSecret) => unknown]>([
    ['another version', (sealed) => ({ ...sealed, version: 2 })],
    ['a box cut short', (sealed) => ({ ...sealed, box: sealed.box.slice(0, 24) })],
    ['no base64', (sealed) => ({ ...sealed, wrappedKey: '%%%' })],
    ['an extra field', (sealed) => ({ ...sealed, plain: 'x' })],
    ['nothing', () => null],
  ])('is malformed with %s', (_name, change) => {
    const sealed = sealSecret(masterKey, text, 'connection:12');
    expect(reasonOf(() => openSecret(masterKey, change(sealed), 'connection:12'))).toBe('malformed');
  });

  it('must be bound to a record', () => {
    expect(() => sealSecret(masterKey, text, '')).toThrow(SecretBoxError);
  });
});
