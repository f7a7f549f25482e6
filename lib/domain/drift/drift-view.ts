import type { Limit } from '../limits/limit';
import type { DriftKind, KeyValue, LastSet } from './drift';

/** How a difference can be put back; `null` where the provider cannot, with the reason beside it. */
export type PutBack =
  | { readonly can: true; readonly to: KeyValue }
  | { readonly can: false; readonly reason: string };

/** A raise that holds while the difference is there. */
export type DriftRaise = { readonly base: Limit; readonly held: Limit; readonly endsAt: string };

export type DriftView = {
  readonly id: string;
  /** Stands for exactly this view of the item. */
  readonly digest: string;
  readonly kind: DriftKind;
  readonly keyId: number;
  readonly keyName: string;
  readonly connectionId: number;
  readonly connectionName: string;
  readonly teamName: string | null;
  readonly lastSeen: KeyValue | null;
  readonly lastSet: LastSet | null;
  readonly found: KeyValue | null;
  /** ISO instant of the look that first found what is there now. */
  readonly foundAt: string;
  readonly ignoredUntil: string | null;
  readonly putBack: PutBack;
  /** What can become of a key that was made outside; empty for any other difference. */
  readonly ways: readonly ('disable' | 'delete')[];
  readonly raise: DriftRaise | null;
  readonly isUnderRotation: boolean;
  /** The bulk change that is deciding it; null when none is. */
  readonly runId: string | null;
};

export type DriftList = {
  readonly items: readonly DriftView[];
  /** How many wait for a decision, and how many were put off. */
  readonly open: number;
  readonly ignored: number;
  readonly canDecide: boolean;
};

export type DriftOutcome = {
  readonly itemId: string;
  /** Null: decided. Otherwise why not, for people. */
  readonly problem: string | null;
};
