import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLinkKey, linkTokenHash, openHandOver, sealHandOver } from './hand-over-box';

const masterKey = randomBytes(32);
const secret = 'sk-or-v1-4f1c0ffee0ddba11';

function sealed() {
  const id = randomUUID();
  const linkKey = createLinkKey();
  return { id, linkKey, box: sealHandOver(masterKey, linkKey, id, secret) };
}

describe('a sealed hand-over', () => {
  it('opens with its link, its installation and its id', () => {
    const { id, linkKey, box } = sealed();
    expect(openHandOver(masterKey, linkKey, id, box)).toBe(secret);
  });

  it('opens with neither half alone', () => {
    const { id, linkKey, box } = sealed();
    const wrong = { reason: 'not_authentic' };
    expect(() => openHandOver(masterKey, createLinkKey(), id, box)).toThrow(expect.objectContaining(wrong));
    expect(() => openHandOver(randomBytes(32), linkKey, id, box)).toThrow(expect.objectContaining(wrong));
    expect(() => openHandOver(linkKey, masterKey, id, box)).toThrow(expect.objectContaining(wrong));
  });

  it('opens under no other id, so a row moved elsewhere gives nothing', () => {
    const { linkKey, box } = sealed();
    expect(() => openHandOver(masterKey, linkKey, randomUUID(), box)).toThrow(
      expect.objectContaining({ reason: 'not_authentic' }),
    );
  });

  it('does not open when any one byte of it was altered', () => {
    const { id, linkKey, box } = sealed();
    for (let at = 0; at < box.length; at += 1) {
      const altered = Buffer.from(box);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => openHandOver(masterKey, linkKey, id, altered), `byte ${at}`).toThrow(
        expect.objectContaining({ name: 'SecretBoxError' }),
      );
    }
  });

  it.each([0, 1, 28])('does not open when only %d bytes are left', (length) => {
    const { id, linkKey, box } = sealed();
    expect(() => openHandOver(masterKey, linkKey, id, box.subarray(0, length))).toThrow(
      expect.objectContaining({ reason: 'malformed' }),
    );
  });

  it('needs a whole link key', () => {
    const { id, linkKey, box } = sealed();
    expect(() => openHandOver(masterKey, linkKey.subarray(0, 31), id, box)).toThrow(
      expect.objectContaining({ reason: 'malformed' }),
    );
  });

  it('is different each time and holds no part of what it was made from', () => {
    const id = randomUUID();
    const linkKey = createLinkKey();
    const boxes = [1, 2].map(() => sealHandOver(masterKey, linkKey, id, secret));
    expect(boxes[0]?.equals(boxes[1] ?? Buffer.alloc(0))).toBe(false);
    for (const box of boxes) {
      expect(box.includes(secret.slice(0, 9))).toBe(false);
      expect(box.includes(linkKey)).toBe(false);
    }
  });
});

describe('what recognises a link', () => {
  it('is the same for the same link and different for any other link or id', () => {
    const id = randomUUID();
    const linkKey = createLinkKey();
    const hash = linkTokenHash(linkKey, id);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(linkTokenHash(linkKey, id)).toBe(hash);
    expect(linkTokenHash(linkKey, randomUUID())).not.toBe(hash);
    expect(linkTokenHash(createLinkKey(), id)).not.toBe(hash);
  });
});
