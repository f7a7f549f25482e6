import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUsd, subtractUsd, type Usd, usd, ZERO_USD } from '@/lib/domain/money/usd';
import { addDays, eachDay, firstOfMonth } from '@/lib/domain/periods/utc-day';
import type { UsageFact } from '@/lib/domain/usage/usage-fact';
import { createKey } from './expect';
import type { Bench, ContractTarget } from './target';

function spendByKey(facts: readonly UsageFact[]): Map<string, Usd> {
  const spend = new Map<string, Usd>();
  for (const fact of facts) {
    spend.set(fact.keyExternalId, addUsd(spend.get(fact.keyExternalId) ?? ZERO_USD, fact.spend));
  }
  return spend;
}

/** That usage as read equals the emulator's own ledger, to the last digit. */
export function describeUsage(target: ContractTarget): void {
  describe(`${target.name}: usage`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.start({ keys: 16, historyDays: 40 });
    });
    afterAll(() => bench.close());
    const thisMonth = () => ({ from: firstOfMonth(bench.today()), to: bench.today() });
    const liveKeys = async () => (await bench.trueKeys()).filter((key) => !key.isDeleted);

    it("sums to each key's true spend of the month, today included", async () => {
      const keys = await liveKeys();
      const ids = keys.map((key) => key.id);
      const progress: number[] = [];
      const batch = await bench.open().reads.readUsage(thisMonth(), ids, {
        onProgress: (done) => progress.push(done),
      });
      const spend = spendByKey(batch.facts);
      for (const key of keys)
        expect([key.name, spend.get(key.id) ?? '0']).toEqual([key.name, usd(key.monthSpend)]);
      expect(addUsd(...spend.values())).not.toBe('0');
      expect(batch.coveredDays).toEqual(eachDay(thisMonth().from, thisMonth().to));
      expect(batch).toMatchObject({ gap: null, missingKeys: [] });
      expect(progress.length).toBeGreaterThan(0);
    });

    it('tells each day, key and model once, and only what was asked for', async () => {
      const [first, second] = await liveKeys();
      const ids = [first, second].flatMap((key) => (key ? [key.id] : []));
      const window = { from: addDays(bench.today(), -9), to: addDays(bench.today(), -3) };
      const { facts, coveredDays } = await bench.open().reads.readUsage(window, ids);
      const names = facts.map((fact) => `${fact.keyExternalId} ${fact.day} ${fact.model}`);
      expect(new Set(names).size).toBe(names.length);
      expect(facts.every((fact) => ids.includes(fact.keyExternalId))).toBe(true);
      expect(facts.every((fact) => fact.day >= window.from && fact.day <= window.to)).toBe(true);
      expect(coveredDays).toHaveLength(7);
    });

    it('sees new use at once and to the last digit', async () => {
      const provider = bench.open();
      const { externalId } = await createKey(provider, { limit: { kind: 'unlimited' } });
      const read = async () =>
        (await provider.reads.readUsage({ from: bench.today(), to: bench.today() }, [externalId])).facts;
      expect(await read()).toEqual([]);
      await bench.control.spend({ key: externalId, usd: 0.000123456, requests: 3 });
      await bench.control.spend({ key: externalId, usd: 1.1, requests: 1 });
      const facts = await read();
      expect(addUsd(...facts.map((fact) => fact.spend))).toBe(
        usd((await liveKeys()).find((key) => key.id === externalId)?.monthSpend ?? ''),
      );
      expect(facts.reduce((sum, fact) => sum + fact.requests, 0)).toBe(4);
    });

    it('answers nothing, and covers nothing, for days to come', async () => {
      const window = { from: addDays(bench.today(), 1), to: addDays(bench.today(), 5) };
      const ids = (await liveKeys()).map((key) => key.id);
      const batch = await bench.open().reads.readUsage(window, ids);
      expect(batch).toMatchObject({ facts: [], coveredDays: [] });
    });

    it('agrees with the counters and the balance of the account', async () => {
      const provider = bench.open();
      const { externalId } = await createKey(provider, { limit: { kind: 'unlimited' } });
      const before = await provider.reads.getBalance();
      await bench.control.spend({ key: externalId, usd: 0.75, requests: 2 });
      const after = await provider.reads.getBalance();
      if (before === null || after === null) throw new Error('no balance');
      const { spend } = await provider.reads.getKey(externalId);
      expect(spend.monthly).toBe(subtractUsd(before, after));
    });
  });
}
