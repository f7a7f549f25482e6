import { describe, expect, it } from 'vitest';
import { createRateLimiter, type RateLimiterOptions } from './rate-limiter';

/** A clock that jumps to the end of every sleep, and a note of when each call started. */
function bench(options: Omit<RateLimiterOptions, 'now' | 'sleep'>) {
  let at = 0;
  const sleeps: { until: number; wake: () => void }[] = [];
  const starts: [name: string, at: number][] = [];
  const limiter = createRateLimiter({
    ...options,
    now: () => at,
    sleep: (ms) => new Promise((resolve) => sleeps.push({ until: at + ms, wake: resolve })),
  });
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }
  return {
    limiter,
    starts,
    settle,
    call: (name: string, priority: 'change' | 'read' = 'read', signal?: AbortSignal) =>
      limiter.acquire(priority, signal).then((release) => {
        starts.push([name, at]);
        return release;
      }),
    async runFor(ms: number): Promise<void> {
      const end = at + ms;
      await settle();
      for (;;) {
        const next = sleeps.sort((a, b) => a.until - b.until)[0];
        if (!next || next.until > end) break;
        sleeps.shift();
        at = next.until;
        next.wake();
        await settle();
      }
      at = end;
    },
  };
}

describe('createRateLimiter', () => {
  it('lets a burst start at once and then keeps the pace', async () => {
    const { call, starts, runFor } = bench({ callsPerMinute: 60, burst: 2 });
    for (const name of ['a', 'b', 'c', 'd']) void call(name);
    await runFor(10_000);
    expect(starts).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 1000],
      ['d', 2000],
    ]);
  });

  it('starts no more in any minute than allowed and the burst', async () => {
    const { call, starts, runFor } = bench({ callsPerMinute: 30, burst: 1 });
    for (let index = 0; index < 100; index += 1) void call(String(index));
    await runFor(180_000);
    const minutes = [0, 1, 2].map(
      (minute) => starts.filter(([, at]) => Math.floor(at / 60_000) === minute).length,
    );
    expect(Math.max(...minutes)).toBeLessThanOrEqual(31);
    expect(starts.length).toBeGreaterThanOrEqual(90);
  });

  it('saves up no more than the burst in quiet times', async () => {
    const { call, starts, runFor } = bench({ callsPerMinute: 60, burst: 3 });
    await runFor(3_600_000);
    for (let index = 0; index < 5; index += 1) void call(String(index));
    await runFor(0);
    expect(starts).toHaveLength(3);
  });

  it('lets a change that waits go before every read that waits', async () => {
    const { call, starts, runFor } = bench({ callsPerMinute: 60, burst: 1 });
    void call('read 1');
    void call('read 2');
    void call('read 3');
    void call('change', 'change');
    await runFor(3000);
    expect(starts.map(([name]) => name)).toEqual(['read 1', 'change', 'read 2', 'read 3']);
  });

  it('keeps the order of those who wait alike', async () => {
    const { call, starts, runFor } = bench({ callsPerMinute: 600, burst: 1 });
    for (const name of ['1', '2', '3', '4', '5']) void call(name, 'change');
    await runFor(5000);
    expect(starts.map(([name]) => name)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('starts nothing during a pause, changes included', async () => {
    const { limiter, call, starts, runFor } = bench({ callsPerMinute: null });
    limiter.pause(5000);
    limiter.pause(1000);
    void call('read');
    void call('change', 'change');
    await runFor(4999);
    expect(starts).toEqual([]);
    await runFor(1);
    expect(starts).toEqual([
      ['change', 5000],
      ['read', 5000],
    ]);
  });

  it('heeds a pause that comes while calls wait', async () => {
    const { limiter, call, starts, runFor } = bench({ callsPerMinute: 60, burst: 1 });
    void call('first');
    void call('second');
    await runFor(500);
    limiter.pause(10_000);
    await runFor(20_000);
    expect(starts).toEqual([
      ['first', 0],
      ['second', 10_500],
    ]);
  });

  it('keeps no more in flight than allowed, and counts a release once', async () => {
    const { call, starts, runFor } = bench({ callsPerMinute: null, maxInFlight: 2 });
    const first = call('a');
    void call('b');
    void call('c');
    void call('d');
    await runFor(0);
    expect(starts.map(([name]) => name)).toEqual(['a', 'b']);
    const release = await first;
    release();
    release();
    await runFor(0);
    expect(starts.map(([name]) => name)).toEqual(['a', 'b', 'c']);
  });

  it('lets one who waits leave, without taking a turn', async () => {
    const { call, starts, runFor } = bench({ callsPerMinute: 60, burst: 1 });
    const controller = new AbortController();
    void call('first');
    const leaving = call('leaving', 'read', controller.signal);
    void call('last');
    controller.abort(new Error('enough'));
    await expect(leaving).rejects.toThrow('enough');
    await runFor(1000);
    expect(starts).toEqual([
      ['first', 0],
      ['last', 1000],
    ]);
  });

  it('refuses one who left before coming', async () => {
    const { call } = bench({ callsPerMinute: null });
    await expect(call('gone', 'read', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('refuses a pace of zero', () => {
    expect(() => createRateLimiter({ callsPerMinute: 0 })).toThrow(RangeError);
  });
});
