import type { ReadView } from '../connections/connection-view';

export type ConnectionFreshness = {
  readonly id: number;
  readonly name: string;
  readonly state: 'active' | 'paused';
  readonly keysRead: ReadView;
  readonly usageRead: ReadView;
};

/** How old what you see is, over all connections. Instants are ISO texts. */
export type FreshnessView = {
  readonly connections: readonly ConnectionFreshness[];
  /** The oldest of the connections' last complete reads of keys; null when one was never read whole. */
  readonly oldestCompleteAt: string | null;
  readonly isReading: boolean;
  /** What the running reads are doing, such as "1,200 keys read"; null when none runs. */
  readonly progressText: string | null;
};
