import type { Usd } from '../money/usd';
import type { RotationHold, RotationState } from './next-step';
import type { RotationNote } from './rotation-plan';

export type NamedKey = { readonly id: number; readonly name: string };

/** A key in the line of succession that it belongs to, the oldest first. */
export type LineKey = NamedKey & { readonly standing: 'live' | 'deleted' | 'gone' };

/** A rotation as the pages of both its keys show it. Instants are ISO texts. */
export type RotationView = {
  readonly id: string;
  readonly state: RotationState;
  /** Whether it is under way. */
  readonly isOpen: boolean;
  readonly oldKey: NamedKey;
  readonly newKey: NamedKey | null;
  readonly connectionName: string;
  readonly providerName: string;
  readonly canDisable: boolean;
  readonly lowestCap: Usd;
  readonly quietHours: number;
  readonly quietSince: string | null;
  /** Until when complete reads have seen the old key. */
  readonly seenUntil: string | null;
  readonly quietMs: number;
  /** The earliest moment at which the old key can be retired; null unless it is watched. */
  readonly earliest: string | null;
  readonly waitUntil: string | null;
  /** When the stopped old key goes for good; null until then. */
  readonly deleteAt: string | null;
  readonly hold: RotationHold | null;
  /** Why the last step did not come through, or the whole rotation did not. */
  readonly failure: string | null;
  readonly startedAt: string;
  readonly startedByName: string | null;
  readonly finishedAt: string | null;
};

export type KeyRotation = {
  readonly asOf: string;
  /** The key alone, or with what came before and after it. */
  readonly line: readonly LineKey[];
  /** What is under way about this key, else what ended last; null when it never had to do with one. */
  readonly rotation: RotationView | null;
};

/** The one answer that holds the new secret, or the link to where it is sealed. */
export type NewRotation = HandedKey &
  (
    | { readonly kind: 'secret'; readonly secret: string; readonly changeId: string }
    | { readonly kind: 'link'; readonly url: string; readonly expiresAt: string }
  );

type HandedKey = {
  readonly keyId: number;
  readonly name: string;
  readonly shortfalls: readonly string[];
};

/** What the dialog says before a rotation. */
export type RotationPreview = {
  readonly keyId: number;
  readonly name: string;
  readonly notes: readonly RotationNote[];
  /** Why it cannot be rotated; null when it can. */
  readonly obstacle: string | null;
  readonly graceDays: number;
};
