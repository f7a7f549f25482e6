import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes for an address; only their hash is kept. */
export function createLinkToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashLinkToken(token) };
}

export function hashLinkToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
