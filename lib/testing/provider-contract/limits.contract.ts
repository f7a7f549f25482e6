import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOCKED, type Limit, UNLIMITED } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { cap, createKey, expectKind, expectUnsupported, freshName, listedKey, trueKey } from './expect';
import type { Bench, ContractTarget } from './target';

const AMOUNTS = ['0.01', '0.1', '49.99', '1250.5', '999999.123456789'];

function limitsOf({ capabilities }: ContractTarget): Limit[] {
  const caps = capabilities.limitPeriods.flatMap((period: LimitPeriod, index) =>
    AMOUNTS.filter((_, at) => index === 0 || at < 2).map((amount) => cap(amount, period)),
  );
  return [UNLIMITED, ...(capabilities.blockedLimit.can ? [BLOCKED] : []), ...caps];
}

/** What must stand on the vendor's own wire, written down here apart from the mappers. */
function wireOf(limit: Limit, zeroMeans: 'blocked' | 'unlimited'): string {
  if (limit.kind === 'capped') return limit.amount;
  if (limit.kind === 'blocked') return zeroMeans === 'blocked' ? '0' : 'impossible';
  return zeroMeans === 'blocked' ? 'null' : '0';
}

/** That no limit ever becomes another kind of limit on its way, in either direction. */
export function describeLimits(target: ContractTarget): void {
  const { zeroLimitMeans, blockedLimit } = target.capabilities;
  const limits = limitsOf(target);

  describe(`${target.name}: limits`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.start({ keys: 4, historyDays: 2 });
    });
    afterAll(() => bench.close());

    async function expectLimit(id: string, limit: Limit): Promise<void> {
      const truth = await trueKey(bench, id);
      expect(truth.wireLimit).toBe(wireOf(limit, zeroLimitMeans));
      if (limit.kind === 'capped') expect(truth.wireReset ?? 'total').toBe(limit.period);
      const provider = bench.open();
      expect((await provider.reads.getKey(id)).limit).toEqual(limit);
      expect((await listedKey(provider, id)).limit).toEqual(limit);
    }

    it.each(limits)('creates a key with %o and finds it so', async (limit) => {
      const { externalId } = await createKey(bench.open(), { limit });
      await expectLimit(externalId, limit);
    });

    it('changes any limit into any other, and each is what was asked for', async () => {
      const { writes } = bench.open();
      const { externalId } = await createKey(bench.open(), { limit: UNLIMITED });
      let from: Limit = UNLIMITED;
      for (const middle of limits) {
        for (const to of limits) {
          await writes.updateKey(externalId, { limit: { from, to: middle } });
          await writes.updateKey(externalId, { limit: { from: middle, to } });
          const truth = await trueKey(bench, externalId);
          expect(truth.wireLimit).toBe(wireOf(to, zeroLimitMeans));
          if (to.kind === 'capped') expect(truth.wireReset ?? 'total').toBe(to.period);
          from = to;
        }
      }
      await expectLimit(externalId, from);
    });

    it('reads a zero on the wire as what it means here', async () => {
      const name = freshName('zero');
      await bench.makeZeroLimitKey(name);
      const { keys } = await bench.open().reads.listKeys();
      expect(keys.find((key) => key.name === name)?.limit.kind).toBe(zeroLimitMeans);
    });

    it('never sends a cap that is not above zero', async () => {
      const { writes } = bench.open();
      const { externalId } = await createKey(bench.open());
      await bench.control.reset();
      for (const amount of ['0', '-5']) {
        const wrong: Limit = { kind: 'capped', amount: usd(amount), period: 'monthly' };
        await expectKind(writes.createKey({ name: freshName('wrong'), limit: wrong }), 'invalid_request');
        const limit = { from: UNLIMITED, to: wrong };
        await expectKind(writes.updateKey(externalId, { limit }), 'invalid_request');
      }
      expect(await bench.control.calls()).toEqual([]);
    });

    if (blockedLimit.can) return;
    it('never sends blocked where a zero would lift the limit', async () => {
      const { writes } = bench.open();
      const { externalId } = await createKey(bench.open());
      await expectUnsupported(bench, () => writes.createKey({ name: freshName('block'), limit: BLOCKED }));
      const limit = { from: UNLIMITED, to: BLOCKED };
      await expectUnsupported(bench, () => writes.updateKey(externalId, { limit }));
      expect((await trueKey(bench, externalId)).wireLimit).toBe('25');
    });
  });
}
