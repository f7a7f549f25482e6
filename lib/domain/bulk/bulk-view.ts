import type { DriftAction } from '../drift/drift-run';
import type { BulkAction } from './bulk-action';
import type { BulkBefore, BulkWish } from './bulk-item';

/** One key of a preview: what it is, what it becomes, or why it is left as it is. */
export type BulkPreviewRow = {
  readonly keyId: number;
  readonly name: string;
  readonly connectionName: string;
  readonly before: BulkBefore;
  /** Null when it is skipped. */
  readonly wish: BulkWish | null;
  /** What the change means, or why there is none. */
  readonly words: string;
  readonly isInUse: boolean;
};

export type BulkPreview = {
  readonly rows: readonly BulkPreviewRow[];
  readonly changes: number;
  readonly skipped: number;
  readonly inUse: number;
  /** Given back at the start, so that what was looked at is what runs. */
  readonly digest: string;
  /** What must be typed first; null when nothing need be. */
  readonly confirmation: string | null;
};

export const bulkItemStates = [
  'waiting',
  'sent',
  'applied',
  'refused',
  'unknown',
  'skipped',
  'cancelled',
] as const;
export type BulkItemState = (typeof bulkItemStates)[number];
export type BulkRunState = 'running' | 'paused' | 'cancelled' | 'finished';

/** What a run does to its keys. */
export type BulkRunAction = BulkAction | DriftAction | { readonly kind: 'undo' };

export type BulkRunSummary = {
  readonly id: string;
  readonly kind: BulkRunAction['kind'];
  readonly action: BulkRunAction;
  readonly state: BulkRunState;
  readonly reason: string;
  readonly createdByName: string;
  /** ISO instants. */
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly undoesRunId: string | null;
  readonly retriesRunId: string | null;
  readonly total: number;
  readonly counts: Readonly<Record<BulkItemState, number>>;
  /** How many of the applied ones can be put back: all but final deletions and what sent nothing. */
  readonly undoable: number;
};

export type BulkItemView = {
  readonly position: number;
  readonly keyId: number;
  readonly keyName: string;
  readonly connectionName: string;
  readonly before: BulkBefore;
  /** Null for a key that was skipped. */
  readonly wish: BulkWish | null;
  readonly state: BulkItemState;
  /** What it means, why it was skipped or refused, or what is waited for. */
  readonly message: string | null;
  readonly changeId: string | null;
  readonly finishedAt: string | null;
};

/** A run with one page of its keys. */
export type BulkRunView = BulkRunSummary & {
  readonly rows: readonly BulkItemView[];
  readonly page: number;
  readonly pages: number;
  readonly canPause: boolean;
  readonly canResume: boolean;
  readonly canCancel: boolean;
  /** Some were refused or cancelled, and can be tried again. */
  readonly canRetry: boolean;
  /** Some were done, and can be put back. */
  readonly canUndo: boolean;
};

/** What can be done with a run as it stands. A deletion that was final cannot be put back. */
export function bulkChoices(run: Pick<BulkRunSummary, 'state' | 'counts' | 'undoable'>) {
  const isOver = run.state === 'finished' || run.state === 'cancelled';
  const isSettled = run.counts.sent + run.counts.unknown === 0;
  return {
    canPause: run.state === 'running',
    canResume: run.state === 'paused',
    canCancel: !isOver,
    canRetry: isOver && isSettled && run.counts.refused + run.counts.cancelled > 0,
    canUndo: isOver && isSettled && run.undoable > 0,
  };
}

/** Whether something of a run is still to come by itself: what waits in a paused one is not. */
export function isBulkRunMoving({ state, counts }: Pick<BulkRunSummary, 'state' | 'counts'>): boolean {
  return state === 'running' || counts.sent + counts.unknown > 0;
}
