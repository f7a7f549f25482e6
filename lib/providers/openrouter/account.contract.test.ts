import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cap, createKey, expectKind } from '@/lib/testing/provider-contract/expect';
import { openRouterTarget } from '@/lib/testing/provider-contract/openrouter-target';
import type { Bench } from '@/lib/testing/provider-contract/target';

describe('an OpenRouter account', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openRouterTarget.start({ keys: 20, historyDays: 3 });
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.control.reset());

  it('is an organization with its members, or personal with none', async () => {
    expect((await bench.open().reads.inspect()).accountName).toMatch(/^Organization of \d+ members$/);
    await bench.control.switches({ account: 'personal' });
    expect(await bench.open().reads.listMembers()).toEqual([]);
    expect((await bench.open().reads.inspect()).accountName).toBe('Personal account');
    await bench.control.switches({ account: 'organization' });
  });

  it('never takes the zeros that a key without the right is told for a balance', async () => {
    await bench.control.switches({ creditsForInferenceKey: 'zeros' });
    const { secret } = await createKey(bench.open());
    expect(await bench.open({ managementKey: secret }).reads.getBalance()).toBeNull();
    await bench.control.switches({ creditsForInferenceKey: 'forbidden' });
    await expectKind(bench.open({ managementKey: secret }).reads.getBalance(), 'forbidden');
  });

  it('does not say when a key was last used where its API does not', async () => {
    await bench.control.switches({ lastUsedAt: false });
    const { keys } = await bench.open().reads.listKeys();
    expect(keys.every((key) => key.lastUsedAt === undefined)).toBe(true);
    await bench.control.switches({ lastUsedAt: true });
  });

  it('lists disabled and expired keys too', async () => {
    const { writes } = bench.open();
    const disabled = await createKey(bench.open());
    await writes.updateKey(disabled.externalId, { isDisabled: true });
    const expired = await createKey(bench.open(), { expiresAt: new Date('2026-08-01T00:00:00Z') });
    const ids = (await bench.open().reads.listKeys()).keys.map((key) => key.externalId);
    expect(ids).toEqual(expect.arrayContaining([disabled.externalId, expired.externalId]));
  });

  it.each([
    [404, true],
    [403, false],
    [500, false],
  ])(
    'without a list of workspaces (%i) gives the default one’s keys, whole: %s',
    async (status, isComplete) => {
      await bench.control.fault({ route: 'GET /api/v1/workspaces', times: 9, status });
      const inventory = await bench.open().reads.listKeys();
      expect(inventory.isComplete).toBe(isComplete);
      expect(inventory.containers).toEqual([]);
      expect(inventory.keys.length).toBeGreaterThan(0);
      if (!isComplete) expect(inventory.failure).toContain('workspaces could not be listed');
    },
  );

  it('of which one workspace cannot be read keeps the others, and says which is missing', async () => {
    const whole = await bench.open().reads.listKeys();
    await bench.control.fault({ route: 'GET /api/v1/keys', status: 403 });
    const part = await bench.open().reads.listKeys();
    expect(part.isComplete).toBe(false);
    expect(part.failure).toMatch(/^Not all keys of the workspace “.+” could be read \(forbidden\)\.$/);
    expect(part.keys.length).toBeLessThan(whole.keys.length);
    expect(part.keys.length).toBeGreaterThan(0);
  });

  it('with a key that cannot be understood is incomplete', async () => {
    await bench.control.fault({ route: 'GET /api/v1/keys', missingField: 'data.0.limit' });
    const inventory = await bench.open().reads.listKeys();
    expect(inventory.isComplete).toBe(false);
    expect(inventory.failure).toContain('could not be understood');
  });

  it.each([401, 403, 429, 503])(
    'of which nothing can be read (%i) is an error, not an empty list',
    async (status) => {
      await bench.control.fault({ route: 'GET /api/v1/keys', times: 200, status, retryAfter: 600 });
      await expectKind(
        bench.open().reads.listKeys(),
        status === 401
          ? 'unauthorized'
          : status === 403
            ? 'forbidden'
            : status === 429
              ? 'rate_limited'
              : 'unavailable',
      );
    },
  );

  it('keeps a leftover reset from turning a lifetime cap into a monthly one', async () => {
    const { writes, reads } = bench.open();
    const { externalId } = await createKey(bench.open(), { limit: cap('5', 'monthly') });
    await bench.control.outside({ op: 'update', key: externalId, limit: null });
    const from = (await reads.getKey(externalId)).limit;
    await writes.updateKey(externalId, { limit: { from, to: cap('9', 'total') } });
    expect((await reads.getKey(externalId)).limit).toEqual(cap('9', 'total'));
  });
});
