import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { linkTokenHash } from './hand-over-box';
import type { LoadedHandOver } from './load-hand-over';

/** Whether the key of a link, as it stands in its fragment, belongs to the hand-over. */
export function isRightLinkKey({ handOver }: LoadedHandOver, linkKey: string): boolean {
  const given = Buffer.from(linkTokenHash(Buffer.from(linkKey, 'base64url'), handOver.id), 'hex');
  const stored = Buffer.from(handOver.tokenHash, 'hex');
  return given.length === stored.length && timingSafeEqual(given, stored);
}
