import { describe, expect, it } from 'vitest';
import { handOverWishSchema } from './hand-over-input';
import { handOverAccessOf, handOverStateOf } from './hand-over-state';

const at = (text: string) => new Date(text);
const open = { expiresAt: at('2026-03-02T10:00:00Z'), collectedAt: null, revokedAt: null };

describe('the state of a hand-over', () => {
  it('waits until the very moment of its end', () => {
    expect(handOverStateOf(open, at('2026-03-02T09:59:59.999Z'))).toBe('waiting');
    expect(handOverStateOf(open, at('2026-03-02T10:00:00.000Z'))).toBe('expired');
  });

  it('stays collected or withdrawn after its end', () => {
    const later = at('2026-04-01T00:00:00Z');
    expect(handOverStateOf({ ...open, collectedAt: at('2026-03-01T00:00:00Z') }, later)).toBe('collected');
    expect(handOverStateOf({ ...open, revokedAt: at('2026-03-01T00:00:00Z') }, later)).toBe('revoked');
  });
});

describe('who may open a link', () => {
  it.each([
    [{ recipientId: null, isSignInNeeded: false }, null, 'open'],
    [{ recipientId: null, isSignInNeeded: false }, 'a', 'open'],
    [{ recipientId: null, isSignInNeeded: true }, null, 'sign_in'],
    [{ recipientId: null, isSignInNeeded: true }, 'a', 'open'],
    [{ recipientId: 'a', isSignInNeeded: false }, null, 'sign_in'],
    [{ recipientId: 'a', isSignInNeeded: true }, 'a', 'open'],
    [{ recipientId: 'a', isSignInNeeded: true }, 'b', 'other_person'],
    [{ recipientId: 'a', isSignInNeeded: false }, 'b', 'other_person'],
  ] as const)('%o opened by %s: %s', (audience, viewer, access) => {
    expect(handOverAccessOf(audience, viewer)).toBe(access);
  });
});

describe('how long a hand-over may last', () => {
  it.each([
    [0, false],
    [1, true],
    [168, true],
    [169, false],
    [1.5, false],
  ])('%d hours: %s', (lifetimeHours, isRight) => {
    expect(handOverWishSchema.safeParse({ lifetimeHours }).success).toBe(isRight);
  });
});
