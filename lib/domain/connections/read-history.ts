import type { ReadState } from './connection-view';

/** One past or running read of a connection. Instants are ISO texts. */
export type ReadHistoryView = {
  readonly id: string;
  readonly kind: 'keys' | 'usage';
  readonly state: Exclude<ReadState, 'never'>;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  /** Who asked for it; null for one on schedule. */
  readonly requestedBy: string | null;
};
