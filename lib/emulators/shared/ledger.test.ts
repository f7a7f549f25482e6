import { describe, expect, it } from 'vitest';
import type { UsageSum } from './cells';
import { DAY_MS, HOUR_MS, startOfUtcDay, startOfUtcMonth, startOfUtcWeek } from './clock';
import { type Grain, Ledger, type LedgerKeySpec } from './ledger';

const NOW = new Date('2026-08-19T14:37:25.500Z');
const OPEN = { kind: 'open' } as const;

function specs(count: number): LedgerKeySpec[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `key-${index}`,
    createdAt: NOW.getTime() - (20 + index * 9) * DAY_MS - 5 * HOUR_MS,
    demand: index === 3 ? ('leaked' as const) : index % 5 === 4 ? ('idle' as const) : ('steady' as const),
    rules: [{ from: 0, rule: OPEN }],
  }));
}

function build(seed = 7, keys = specs(25)): Ledger {
  return Ledger.generate({ keys, historyDays: 300, seed, now: NOW });
}

function sums(
  ledger: Ledger,
  grain: Grain,
  from: number,
  to: number,
  keyIds?: string[],
): Map<string, UsageSum> {
  return ledger.sumBy({ keyIds, from, to, now: NOW, grain }, (row) => `${row.keyId} ${row.model.id}`);
}

const plain = (map: Map<string, UsageSum>): [string, string][] =>
  [...map]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([label, sum]): [string, string] => [
      label,
      [
        sum.requests,
        sum.promptTokens,
        sum.completionTokens,
        sum.reasoningTokens,
        sum.cachedTokens,
        sum.costNano,
        sum.byokNano,
      ].join(' '),
    ]);

describe('the generated history', () => {
  it('is the same for the same seed, and another for another seed', () => {
    const all = (ledger: Ledger) => plain(sums(ledger, 'day', 0, NOW.getTime()));
    expect(all(build())).toEqual(all(build()));
    expect(all(build(8))).not.toEqual(all(build()));
  });

  it('does not depend on the order of questions', () => {
    const asked = build();
    asked.total(NOW);
    asked.windows('key-3', new Date(NOW.getTime() + 3 * DAY_MS));
    asked.windows('key-3', new Date(NOW.getTime() - 40 * DAY_MS));
    expect(plain(sums(asked, 'hour', 0, NOW.getTime()))).toEqual(
      plain(sums(build(), 'hour', 0, NOW.getTime())),
    );
  });

  it('adds up: minutes to hours, hours to days, days to all, in every figure', () => {
    const ledger = build();
    const day = startOfUtcDay(NOW).getTime();
    const byDay = plain(sums(ledger, 'day', 0, NOW.getTime()));
    expect(plain(sums(ledger, 'hour', 0, NOW.getTime()))).toEqual(byDay);
    expect(plain(sums(ledger, 'minute', day, NOW.getTime()))).toEqual(
      plain(sums(ledger, 'day', day, NOW.getTime())),
    );
    const costNano = [...sums(ledger, 'day', 0, NOW.getTime()).values()].reduce(
      (sum, each) => sum + each.costNano,
      0n,
    );
    expect(ledger.total(NOW).costNano).toBe(costNano);
    expect(costNano).toBeGreaterThan(0n);
  });

  it('splits anywhere without losing a request', () => {
    const ledger = build();
    const cut = NOW.getTime() - 3 * DAY_MS - 12_345_678;
    const count = (from: number, to: number): number =>
      [...sums(ledger, 'day', from, to).values()].reduce((sum, each) => sum + each.requests, 0);
    expect(count(0, cut) + count(cut, NOW.getTime())).toBe(count(0, NOW.getTime()));
  });

  it('gives windows of the UTC day, the week from Monday and the month', () => {
    const ledger = build();
    for (const { id } of specs(25)) {
      const since = (from: Date): bigint =>
        [...sums(ledger, 'day', from.getTime(), NOW.getTime(), [id]).values()].reduce(
          (sum, each) => sum + each.costNano,
          0n,
        );
      const windows = ledger.windows(id, NOW);
      expect(windows.day.costNano).toBe(since(startOfUtcDay(NOW)));
      expect(windows.week.costNano).toBe(since(startOfUtcWeek(NOW)));
      expect(windows.month.costNano).toBe(since(startOfUtcMonth(NOW)));
      expect(windows.lifetime.costNano).toBe(since(new Date(0)));
    }
  });

  it('grows with the clock and never shrinks within a month', () => {
    const ledger = build();
    let before = -1n;
    for (let minute = 0; minute < 24 * 60; minute += 7) {
      const at = startOfUtcDay(NOW).getTime() + minute * 60_000;
      const { lifetime } = ledger.windows('key-0', at);
      expect(lifetime.costNano >= before).toBe(true);
      before = lifetime.costNano;
    }
  });

  it('has keys that rest, and one that runs away in the last days', () => {
    const ledger = build();
    const quiet = ledger.lastUsedAt('key-9', NOW)?.getTime() ?? 0;
    expect(NOW.getTime() - quiet).toBeGreaterThan(30 * DAY_MS);
    const spend = (from: number, to: number): number =>
      Number(
        [...sums(ledger, 'day', from, to, ['key-3']).values()].reduce((sum, each) => sum + each.costNano, 0n),
      );
    const today = startOfUtcDay(NOW).getTime();
    expect(spend(today - DAY_MS, today)).toBeGreaterThan(
      10 * spend(today - 15 * DAY_MS, today - 14 * DAY_MS),
    );
  });

  it('is empty before a key was made and for keys that are never used', () => {
    const never = { id: 'never', createdAt: NOW.getTime() - 50 * DAY_MS, demand: 'none' as const, rules: [] };
    const ledger = build(7, [...specs(2), never]);
    expect(ledger.lastUsedAt('never', NOW)).toBeNull();
    expect(ledger.windows('never', NOW).lifetime.costNano).toBe(0n);
    const born = specs(1)[0]?.createdAt ?? 0;
    expect(sums(ledger, 'hour', 0, born, ['key-0']).size).toBe(0);
    expect(ledger.windows('key-0', born - 1).lifetime.costNano).toBe(0n);
  });
});

describe('usage that is recorded', () => {
  it('counts at once in every figure, and in the hour it happened', () => {
    const ledger = build();
    const before = ledger.total(NOW).costNano;
    ledger.record('key-0', NOW, 'someone/new-model', {
      costNano: 1_250_000_001,
      requests: 2,
      promptTokens: 9,
    });
    expect(ledger.total(NOW).costNano - before).toBe(1_250_000_001n);
    const hour = NOW.getTime() - (NOW.getTime() % HOUR_MS);
    const sum = ledger
      .sumBy(
        { keyIds: ['key-0'], from: hour, to: hour + HOUR_MS, now: NOW, grain: 'hour' },
        (row) => row.model.id,
      )
      .get('someone/new-model');
    expect([sum?.requests, sum?.promptTokens, sum?.costNano]).toEqual([2, 9, 1_250_000_001n]);
    expect(ledger.lastUsedAt('key-0', NOW)).toEqual(NOW);
  });

  it('is not seen before it happened', () => {
    const ledger = build();
    const earlier = new Date(NOW.getTime() - 60_000);
    const before = ledger.windows('key-0', earlier).day.costNano;
    ledger.record('key-0', NOW, 'openai/gpt-5', { costNano: 77 });
    expect(ledger.windows('key-0', earlier).day.costNano).toBe(before);
  });
});
