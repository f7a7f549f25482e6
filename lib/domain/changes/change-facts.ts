import type { OutcomeError } from '../outcome';
import { type ChangeKind, changeKinds } from './change';

// Read by hand: every page that can change a key loads this, and zod would add 31 KB to each.

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function fieldOf(facts: unknown, name: string): unknown {
  return typeof facts === 'object' && facts !== null ? Reflect.get(facts, name) : undefined;
}

/** Of which change a failure tells, and whose it is. */
export type ToldChange = { readonly changeId: string; readonly isOwn: boolean };

/**
 * The change whose outcome is not known yet: one's own, whose answer was lost, or another of the same key that
 * stands in the way. Null for any other failure.
 */
export function toldChangeOf({ code, facts }: OutcomeError): ToldChange | null {
  if (code !== 'outcome_unknown' && code !== 'conflict') return null;
  const changeId = fieldOf(facts, 'changeId');
  if (typeof changeId !== 'string' || !UUID.test(changeId)) return null;
  return { changeId, isOwn: code === 'outcome_unknown' };
}

/** What someone else did to the key since one looked. */
export type LastChange = {
  readonly changedBy: string;
  readonly kind: ChangeKind;
  readonly after: unknown;
  /** ISO instant. */
  readonly settledAt: string | null;
};

/** Null unless the failure says that someone was faster. */
export function lastChangeOf({ code, facts }: OutcomeError): LastChange | null {
  if (code !== 'stale') return null;
  const changedBy = fieldOf(facts, 'changedBy');
  const kind = changeKinds.find((known) => known === fieldOf(facts, 'kind'));
  const settledAt = fieldOf(facts, 'settledAt');
  if (typeof changedBy !== 'string' || kind === undefined) return null;
  if (settledAt !== null && typeof settledAt !== 'string') return null;
  return { changedBy, kind, after: fieldOf(facts, 'after'), settledAt };
}
