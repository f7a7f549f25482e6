import type { ChangeKind } from '../changes/change';
import type { SpendView } from '../spend/spend-view';
import type { KeyAttention } from './key-attention';

/** A thing that waits for a person, most urgent kind first. Instants are ISO texts. */
export type Need =
  | {
      readonly kind: 'incident';
      readonly incidentId: string;
      readonly title: string;
      readonly at: string;
    }
  | {
      readonly kind: 'raise_overdue';
      readonly raiseId: string;
      readonly keyId: number;
      readonly keyName: string;
      readonly connection: string;
      /** When it should have ended. */
      readonly at: string;
      readonly why: string | null;
    }
  /** What was changed outside and waits for a decision. */
  | { readonly kind: 'drift'; readonly count: number }
  | {
      readonly kind: 'unknown_change';
      readonly changeId: string;
      readonly change: ChangeKind;
      readonly keyId: number | null;
      readonly keyName: string | null;
      readonly connection: string;
      readonly actorName: string;
      readonly at: string;
    }
  | {
      readonly kind: 'read_failed';
      readonly connectionId: number;
      readonly connection: string;
      readonly reads: 'keys' | 'usage';
      readonly reason: string | null;
      readonly lastCompleteAt: string | null;
    }
  | {
      readonly kind: 'read_stale';
      readonly connectionId: number;
      readonly connection: string;
      readonly lastCompleteAt: string | null;
    }
  /** Keys of people who left, for a new owner. */
  | { readonly kind: 'requests'; readonly count: number }
  | { readonly kind: 'left_keys'; readonly keys: number; readonly people: number }
  | { readonly kind: 'connection_paused'; readonly connectionId: number; readonly connection: string };

export type OverviewView = {
  readonly asOf: string;
  readonly hasConnection: boolean;
  /** This month by team. */
  readonly spend: SpendView;
  readonly attention: KeyAttention;
  readonly needs: readonly Need[];
};
