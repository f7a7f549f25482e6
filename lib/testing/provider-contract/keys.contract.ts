import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  callsOf,
  cap,
  createKey,
  expectKind,
  expectUnsupported,
  freshName,
  listedKey,
  trueKey,
} from './expect';
import type { Bench, ContractTarget } from './target';

/** Create, read back, change, delete: what every provider does alike. */
export function describeKeys(target: ContractTarget): void {
  describe(`${target.name}: keys`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.start();
    });
    afterAll(() => bench.close());

    it('creates a key whose secret is the one the provider made, and reads it back alike both ways', async () => {
      const provider = bench.open();
      const name = freshName('created');
      const created = await provider.writes.createKey({ name, limit: cap('49.99', 'monthly') });
      const truth = await trueKey(bench, created.externalId);
      expect(truth).toMatchObject({ name, secret: created.secret, wireLimit: '49.99', isDeleted: false });
      for (const read of [
        await provider.reads.getKey(created.externalId),
        await listedKey(provider, created.externalId),
      ]) {
        expect(read).toMatchObject({ name, isDisabled: false, limit: cap('49.99', 'monthly') });
        expect(read.spend.monthly).toBe('0');
      }
    });

    it('changes nothing but what a patch names', async () => {
      const provider = bench.open();
      const { externalId } = await createKey(provider, { limit: cap('10', 'monthly') });
      const before = await trueKey(bench, externalId);
      const limit = { from: cap('10', 'monthly'), to: cap('12.5', 'monthly') };
      await provider.writes.updateKey(externalId, { limit });
      expect(await trueKey(bench, externalId)).toEqual({ ...before, wireLimit: '12.5' });
    });

    it('deletes a key once; then it is not found, not listed, and a second delete is refused', async () => {
      const provider = bench.open();
      const { externalId } = await createKey(provider);
      await bench.control.reset();
      await provider.writes.deleteKey(externalId);
      expect(await callsOf(bench, bench.routes.remove)).toHaveLength(1);
      expect((await trueKey(bench, externalId)).isDeleted).toBe(true);
      await expectKind(provider.reads.getKey(externalId), 'not_found');
      await expectKind(provider.writes.deleteKey(externalId), 'not_found');
      const { keys } = await provider.reads.listKeys();
      expect(keys.some((key) => key.externalId === externalId)).toBe(false);
    });

    it('refuses an id that would leave its path, before anything is sent', async () => {
      const { writes } = bench.open();
      await bench.control.reset();
      for (const id of ['', '.', '..']) await expectKind(writes.deleteKey(id), 'invalid_request');
      expect(await bench.control.calls()).toEqual([]);
    });

    it('refuses every period that it does not offer without asking the provider', async () => {
      const { writes, capabilities } = bench.open();
      for (const period of ['daily', 'weekly', 'monthly', 'total'] as const) {
        if (capabilities.limitPeriods.includes(period)) continue;
        const limit = cap('5', period);
        await expectUnsupported(bench, () => writes.createKey({ name: freshName('period'), limit }));
        await expectUnsupported(bench, () => writes.updateKey('any', { limit: { from: limit, to: limit } }));
      }
    });

    it('reports the account on a test of the connection', async () => {
      const { keys } = await bench.open().reads.listKeys();
      const report = await bench.open({ generation: undefined }).reads.inspect();
      expect(report.keyCount).toBe(keys.length);
      expect(report.capabilities).toBe(target.capabilities);
      expect(report.rights.every((right) => right.isPresent !== false)).toBe(true);
      expect(report.balance).not.toBeNull();
    });

    it('tells which of its keys is the one in use, where it lists that one', async () => {
      const { reads } = bench.open();
      const own = await reads.findOwnKey();
      const report = await bench.open({ generation: undefined }).reads.inspect();
      expect(report.ownKeyExternalId).toBe(own);
      if (!target.tellsOwnKey) return expect(own).toBeNull();
      expect((await trueKey(bench, own ?? '')).secret).toBe(bench.managementKey);
      expect((await reads.listKeys()).keys.map(({ externalId }) => externalId)).toContain(own);
    });

    it('reads every key of every page and container, once', async () => {
      const large = await target.start({ keys: 640, historyDays: 2 });
      try {
        const progress: number[] = [];
        const inventory = await large.open().reads.listKeys({ onProgress: (done) => progress.push(done) });
        const live = (await large.trueKeys()).filter((key) => !key.isDeleted);
        expect(inventory).toMatchObject({ isComplete: true, failure: null });
        expect(inventory.keys.map((key) => key.externalId).sort()).toEqual(live.map((key) => key.id).sort());
        expect(live.length).toBeGreaterThanOrEqual(640);
        expect(progress.at(-1)).toBe(inventory.keys.length);
      } finally {
        await large.close();
      }
    });
  });
}
