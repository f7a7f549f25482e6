import { expect } from 'vitest';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { addDays } from '@/lib/domain/periods/utc-day';
import type { UsageBatch } from '@/lib/providers/port';
import type { CellProof } from './cell-proof';
import { createKey, expectKind } from './expect';
import type { Bench } from './target';

const WEEK = 7;

/** Usage of the last so many days, today included, of every key. */
async function readDays(bench: Bench, days: number): Promise<UsageBatch> {
  const { reads } = bench.open();
  const ids = (await reads.listKeys()).keys.map((key) => key.externalId);
  return reads.readUsage({ from: addDays(bench.today(), 1 - days), to: bench.today() }, ids);
}

export const usageCellProofs = {
  async usageByDay(bench, { usageByDay }) {
    const { facts, coveredDays } = await readDays(bench, WEEK);
    expect(coveredDays).toHaveLength(WEEK);
    expect(new Set(facts.map((fact) => fact.day)).size > 1).toBe(usageByDay.can);
  },
  async usageByModel(bench, { usageByModel }) {
    const models = new Set((await readDays(bench, WEEK)).facts.map((fact) => fact.model));
    if (!usageByModel.can) return expect(models).toEqual(new Set([null]));
    expect(models.size).toBeGreaterThan(1);
    expect(models.has(null)).toBe(false);
  },
  async usageTokens(bench, { usageTokens }) {
    const { facts } = await readDays(bench, WEEK);
    const tokens = facts.reduce((sum, fact) => sum + fact.promptTokens + fact.completionTokens, 0);
    expect(facts.length).toBeGreaterThan(0);
    expect(tokens > 0).toBe(usageTokens.can);
  },
  async usageToday(bench, { usageToday }) {
    const { externalId } = await createKey(bench.open());
    await bench.control.spend({ key: externalId, usd: 0.5, requests: 2 });
    const { facts } = await readDays(bench, 1);
    expect(facts.some((fact) => fact.keyExternalId === externalId)).toBe(usageToday.can);
  },
  async usageByHour(bench, { usageByHour }) {
    const provider = bench.open();
    const { reads } = provider;
    const since = new Date(bench.now().getTime() - 3_600_000);
    const { externalId } = await createKey(provider);
    if (!usageByHour.can) {
      await expectKind(reads.countRequests(externalId, since), 'unsupported');
      return;
    }
    await bench.control.spend({ key: externalId, usd: 0.5, requests: 2 });
    const counted = await reads.countRequests(externalId, since);
    expect(counted.requests).toBe(2);
    expect(counted.since.getTime()).toBeLessThanOrEqual(since.getTime());
    expect(since.getTime() - counted.since.getTime()).toBeLessThan(3_600_000);
  },
  async usageHistoryDays(bench, { usageHistoryDays }) {
    if (usageHistoryDays === null) {
      const { coveredDays, gap } = await readDays(bench, 450);
      expect([coveredDays.length, gap]).toEqual([450, null]);
      return;
    }
    const { coveredDays, gap } = await readDays(bench, usageHistoryDays + 10);
    expect(coveredDays).toHaveLength(usageHistoryDays);
    expect(gap).toMatch(/\d+ days/);
    expect((await readDays(bench, usageHistoryDays)).gap).toBeNull();
  },
  async usageWindowDays(bench, { usageWindowDays }) {
    const { coveredDays, facts } = await readDays(bench, usageWindowDays);
    expect(coveredDays).toHaveLength(usageWindowDays);
    const oldest = facts.map((fact) => fact.day).sort()[0] ?? '';
    expect(oldest <= addDays(bench.today(), 1 - Math.min(usageWindowDays, 90))).toBe(true);
  },
} satisfies Partial<Record<keyof Capabilities, CellProof>>;
