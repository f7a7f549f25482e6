import { addDays, type UtcDay, utcDayOf } from '../periods/utc-day';
import type { ProviderKey } from './provider-key';

/** What answers late, or a clock that differs, is no use of a disabled key. */
const SLACK_MS = 5 * 60_000;

export type WaitingDeletion = {
  readonly deleteAfter: Date;
  /** When it was asked for; null when no record of that is found. */
  readonly askedAt: Date | null;
  /** The last UTC day with requests that Keyward knows of. */
  readonly lastUsedDay: UtcDay | null;
};

export type DeletionVerdict =
  | { readonly kind: 'delete' }
  | { readonly kind: 'wait' }
  /** The provider does not know the key any more. */
  | { readonly kind: 'gone' }
  /** Someone still wants it, as it seems: a person must say. */
  | { readonly kind: 'stop'; readonly why: string };

function wasUsedSince(
  { askedAt, lastUsedDay }: WaitingDeletion & { askedAt: Date },
  found: ProviderKey,
): boolean {
  const since = new Date(askedAt.getTime() + SLACK_MS);
  if (found.lastUsedAt && found.lastUsedAt > since) return true;
  // The day of asking holds earlier requests too, so only later days tell.
  return lastUsedDay !== null && lastUsedDay >= addDays(utcDayOf(since), 1);
}

/** What becomes of a key that was disabled to be deleted, as its provider holds it now (null: it knows it no more). */
export function judgeDeletion(
  waiting: WaitingDeletion,
  found: ProviderKey | null,
  now: Date,
): DeletionVerdict {
  if (found === null) return { kind: 'gone' };
  if (!found.isDisabled) return { kind: 'stop', why: 'it was enabled outside Keyward since' };
  const { askedAt } = waiting;
  if (askedAt === null) return { kind: 'stop', why: 'no record tells when that was asked for' };
  if (wasUsedSince({ ...waiting, askedAt }, found)) {
    return { kind: 'stop', why: 'it shows requests since it was disabled' };
  }
  return now >= waiting.deleteAfter ? { kind: 'delete' } : { kind: 'wait' };
}
