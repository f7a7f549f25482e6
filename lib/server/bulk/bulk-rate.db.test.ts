import { describe, expect } from 'vitest';
import { keys } from '@/lib/db/schema';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { ProviderError } from '@/lib/providers/provider-error';
import { createRateLimiter } from '@/lib/providers/rate-limiter';
import { actorOf, createTestContext } from '@/lib/testing/context';
import { testWithCommits as it } from '@/lib/testing/database';
import { insertConnection, insertKey, insertUser, providerKey } from '@/lib/testing/factories';
import { fakeProvider } from '@/lib/testing/fake-provider';
import { advanceBulkRuns } from './advance-bulk-runs';
import { getBulkRun } from './get-bulk-run';
import { previewBulk } from './preview-bulk';
import { startBulkRun } from './start-bulk-run';

const COUNT = 100;
const A_MINUTE = 60;

/** A minute-wise limit in a time that only moves while someone waits. */
function createVirtualProvider(limits: Map<string, string>) {
  let now = 0;
  const calls: number[] = [];
  const limiter = createRateLimiter({
    callsPerMinute: A_MINUTE,
    maxInFlight: 8,
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  });
  let inFlight = 0;
  let mostInFlight = 0;
  async function call<T>(work: () => T): Promise<T> {
    const release = await limiter.acquire('change');
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    try {
      calls.push(now);
      if (calls.filter((at) => at > now - 60_000).length > A_MINUTE + 1) {
        throw new ProviderError('rate_limited', 'update key');
      }
      return work();
    } finally {
      inFlight -= 1;
      release();
    }
  }
  const provider = fakeProvider({
    reads: {
      getKey: (externalId) =>
        call(() =>
          providerKey({ externalId, limit: capped(usd(limits.get(externalId) ?? '10'), 'monthly') }),
        ),
    },
    writes: {
      updateKey: (externalId, patch) =>
        call(() => {
          if (patch.limit?.to.kind === 'capped') limits.set(externalId, patch.limit.to.amount);
        }),
    },
  });
  return { provider, calls, minutes: () => now / 60_000, mostInFlight: () => mostInFlight };
}

describe('a bulk change under a limit of 60 calls a minute', () => {
  it('finishes unattended, within the limit and in about the time that the limit allows', {
    timeout: 60_000,
  }, async ({ db }) => {
    const limits = new Map<string, string>();
    const virtual = createVirtualProvider(limits);
    const connection = await insertConnection(db);
    for (let index = 0; index < COUNT; index += 1) {
      await insertKey(db, {
        connectionId: connection.id,
        limitKind: 'capped',
        limitAmount: usd(10),
        limitPeriod: 'monthly',
      });
    }
    const person = await insertUser(db);
    const context = createTestContext(db, { actor: actorOf(person), provider: virtual.provider });
    const rows = await db.select().from(keys);
    const input = {
      keyIds: rows.map(({ id }) => id),
      action: { kind: 'set_limit', rule: { by: 'amount', amount: usd(12) } } as const,
    };
    const { digest } = await previewBulk(context, input);
    const { runId } = await startBulkRun(context, { ...input, digest, confirmation: '', reason: '' });
    const system = createTestContext(db, { provider: virtual.provider });
    await advanceBulkRuns(system);
    expect(await getBulkRun(context, { runId, page: 1, state: null })).toMatchObject({
      state: 'finished',
      counts: { applied: COUNT, refused: 0 },
    });
    expect([...limits.values()]).toEqual(Array(COUNT).fill('12'));
    // A read before each write, so that nothing is overwritten: two calls a key.
    expect(virtual.calls).toHaveLength(2 * COUNT);
    expect(virtual.minutes()).toBeGreaterThan((2 * COUNT) / A_MINUTE - 0.1);
    expect(virtual.minutes()).toBeLessThan((2 * COUNT) / A_MINUTE + 1);
    expect(virtual.mostInFlight()).toBeLessThanOrEqual(8);
  });
});
