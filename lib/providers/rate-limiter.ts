import { sleep as realSleep, type Sleep } from './http/sleep';
import type { RateLimiter } from './port';

export type RateLimiterOptions = {
  /** Null = no limit is known: only `pause` and `maxInFlight` hold calls back. */
  readonly callsPerMinute: number | null;
  /** Calls that may start at once after quiet; one second's share by default, so that a fixed window never overflows by much. */
  readonly burst?: number | undefined;
  readonly maxInFlight?: number | undefined;
  /** Milliseconds on any steady scale. */
  readonly now?: (() => number) | undefined;
  readonly sleep?: Sleep | undefined;
};

type Priority = Parameters<RateLimiter['acquire']>[0];
type Waiter = { readonly start: () => void };

/** A token bucket with a queue of two priorities: a change that waits goes before every read that waits. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { maxInFlight = Number.POSITIVE_INFINITY, sleep = realSleep } = options;
  const now = options.now ?? (() => performance.now());
  const bucket = createBucket(options, now());
  const queues: Record<Priority, Waiter[]> = { change: [], read: [] };
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let inFlight = 0;
  let isPumping = false;

  const hasWaiters = () => queues.change.length + queues.read.length > 0;
  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    while (hasWaiters() && inFlight < maxInFlight) {
      const at = now();
      const waitMs = Math.max(pausedUntil - at, bucket.waitMs(at));
      if (waitMs > 0) {
        await sleep(waitMs);
        continue;
      }
      bucket.take();
      inFlight += 1;
      (queues.change.shift() ?? queues.read.shift())?.start();
    }
    isPumping = false;
  }
  function release(): void {
    inFlight -= 1;
    void pump();
  }

  return {
    acquire(priority, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const waiter: Waiter = {
          start() {
            signal?.removeEventListener('abort', leave);
            resolve(once(release));
          },
        };
        function leave(): void {
          queues[priority] = queues[priority].filter((other) => other !== waiter);
          reject(signal?.reason);
        }
        signal?.addEventListener('abort', leave, { once: true });
        queues[priority].push(waiter);
        void pump();
      });
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, now() + ms);
    },
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

type Bucket = { waitMs(at: number): number; take(): void };

function createBucket({ callsPerMinute, burst }: RateLimiterOptions, startAt: number): Bucket {
  if (callsPerMinute === null) return { waitMs: () => 0, take: () => undefined };
  if (!(callsPerMinute > 0)) throw new RangeError('callsPerMinute must be above zero');
  const perMs = callsPerMinute / 60_000;
  const size = Math.max(1, burst ?? Math.floor(callsPerMinute / 60));
  let tokens = size;
  let filledAt = startAt;
  return {
    waitMs(at) {
      tokens = Math.min(size, tokens + Math.max(0, at - filledAt) * perMs);
      filledAt = at;
      // A hair under one counts as one: refilling by fractions never sums to it exactly.
      return tokens >= 1 - 1e-9 ? 0 : Math.max(1, (1 - tokens) / perMs);
    },
    take() {
      tokens -= 1;
    },
  };
}
