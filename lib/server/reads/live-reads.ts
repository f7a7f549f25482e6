import 'server-only';

export type LiveRead = {
  readonly id: string;
  readonly connectionId: number;
  readonly kind: 'keys' | 'usage';
  readonly controller: AbortController;
  /** Ends, never rejects, once the read's row is closed. */
  readonly ended: Promise<void>;
};

/** Why a read was stopped from within. */
export type StopReason = 'cancelled' | 'shutdown' | 'superseded';

export class ReadStopped extends Error {
  override readonly name = 'ReadStopped';

  constructor(readonly reason: StopReason) {
    super(`the read was stopped: ${reason}`);
  }
}

// One list a process, though Next loads this module several times (pages, actions, instrumentation).
const shared = globalThis as typeof globalThis & { keywardLiveReads?: Map<string, LiveRead> };

/** The reads that this process is running, by the id of their row. */
export function liveReads(): Map<string, LiveRead> {
  shared.keywardLiveReads ??= new Map();
  return shared.keywardLiveReads;
}

/** Stops every read of this process and waits until their rows are closed. */
export async function stopLiveReads(): Promise<void> {
  const reads = [...liveReads().values()];
  for (const read of reads) read.controller.abort(new ReadStopped('shutdown'));
  await Promise.all(reads.map((read) => read.ended));
}
