import { describe, expect, it } from 'vitest';
import { DAY_MS, startOfUtcDay } from './clock';
import { createDemand, typicalDayNano } from './demand';
import { Ledger } from './ledger';
import type { RuleChange, SpendRule, SpendWindow } from './spend-rule';

const NOW = new Date('2026-08-19T14:37:25Z');
const BORN = NOW.getTime() - 120 * DAY_MS;
const OPEN: SpendRule = { kind: 'open' };
const demand = createDemand({
  seed: 3,
  id: 'busy',
  kind: 'steady',
  firstDay: Math.floor(BORN / DAY_MS),
  anchorDay: Math.floor(NOW.getTime() / DAY_MS),
  byokShare: 0,
});
const usualDay = typicalDayNano(demand);

function ledgerWith(rules: RuleChange[]): Ledger {
  const ledger = new Ledger({ seed: 3, anchor: NOW });
  ledger.addKey({ id: 'busy', createdAt: BORN, demand, rules });
  return ledger;
}

const capped = (capNano: number, window: SpendWindow): SpendRule => ({
  kind: 'capped',
  capNano,
  window,
  countsByok: false,
});

/** No request of the profile costs more than this. */
const DEAREST_REQUEST = 120_000_000n;

describe('limits in the ledger', () => {
  it.each([
    ['day', 0.3, 'day'],
    ['week', 2, 'week'],
    ['month', 5, 'month'],
    ['total', 20, 'lifetime'],
  ] as const)('cut a %s at the limit, with at most one request more', (window, days, shown) => {
    const cap = Math.round(usualDay * days);
    const ledger = ledgerWith([{ from: BORN, rule: capped(cap, window) }]);
    const free = ledgerWith([{ from: BORN, rule: OPEN }]);
    let reached = 0;
    for (let day = 0; day < 120; day += 1) {
      const at = startOfUtcDay(new Date(BORN + (day + 1) * DAY_MS)).getTime() - 1000;
      const spent = ledger.windows('busy', at)[shown].costNano;
      expect(spent).toBeLessThan(BigInt(cap) + DEAREST_REQUEST);
      if (spent >= BigInt(cap)) reached += 1;
      else expect(ledger.maySpend('busy', at)).toBe(true);
    }
    expect(reached).toBeGreaterThan(10);
    expect(ledger.total(NOW).costNano).toBeLessThan(free.total(NOW).costNano);
  });

  it('let a key spend again when the window turns, and when the limit is raised', () => {
    const cap = Math.round(usualDay * 0.1);
    const ledger = ledgerWith([{ from: BORN, rule: capped(cap, 'day') }]);
    const tomorrow = startOfUtcDay(NOW).getTime() + DAY_MS;
    expect(ledger.maySpend('busy', NOW)).toBe(false);
    expect(ledger.maySpend('busy', tomorrow)).toBe(true);
    const before = ledger.windows('busy', NOW).day.costNano;
    ledger.setRule('busy', NOW, OPEN);
    expect(ledger.windows('busy', NOW).day.costNano).toBe(before);
    expect(ledger.windows('busy', NOW.getTime() + 3 * 3_600_000).day.costNano).toBeGreaterThan(before);
  });

  it('of 0 allow nothing, and a stopped key keeps its figures', () => {
    const blocked = ledgerWith([{ from: BORN, rule: capped(0, 'total') }]);
    expect(blocked.total(NOW).costNano).toBe(0n);
    expect(blocked.maySpend('busy', NOW)).toBe(false);

    const ledger = ledgerWith([{ from: BORN, rule: OPEN }]);
    const before = ledger.total(NOW).costNano;
    ledger.setRule('busy', NOW, { kind: 'stopped' });
    expect(ledger.total(NOW).costNano).toBe(before);
    expect(ledger.total(NOW.getTime() + 40 * DAY_MS).costNano).toBe(before);
    ledger.setRule('busy', NOW.getTime() + 2 * DAY_MS, OPEN);
    expect(ledger.total(NOW.getTime() + 40 * DAY_MS).costNano).toBeGreaterThan(before);
  });

  it('count what was recorded, so that the generated traffic stops earlier', () => {
    const cap = Math.round(usualDay * 2);
    const ledger = ledgerWith([{ from: BORN, rule: capped(cap, 'month') }]);
    const first = new Date('2026-09-01T00:00:30Z');
    expect(ledger.spend('busy', first, { usd: '100000' })).toBe(1);
    const after = ledger.windows('busy', first.getTime() + 20 * DAY_MS);
    expect(after.month.costNano).toBe(100_000_000_000_000n);
    expect(ledger.spend('busy', first.getTime() + 20 * DAY_MS, { usd: 1, requests: 5 })).toBe(0);
    expect(
      ledger.request('busy', first, 'openai/gpt-5', { promptTokens: 10, completionTokens: 1 }),
    ).toBeNull();
  });

  it('count BYOK spend only where the rule says so', () => {
    const rule = capped(1_000_000_000, 'total');
    const counting: SpendRule = { ...capped(1_000_000_000, 'total'), countsByok: true } as SpendRule;
    const ledger = new Ledger({ seed: 1, anchor: NOW });
    ledger.addKey({ id: 'plain', createdAt: BORN, demand: 'none', rules: [{ from: BORN, rule }] });
    ledger.addKey({
      id: 'counting',
      createdAt: BORN,
      demand: 'none',
      rules: [{ from: BORN, rule: counting }],
    });
    for (const id of ['plain', 'counting'])
      ledger.record(id, NOW, 'openai/gpt-5', { byokNano: 2_000_000_000 });
    expect([ledger.maySpend('plain', NOW), ledger.maySpend('counting', NOW)]).toEqual([true, false]);
  });

  it('apply a change in the past to everything after it', () => {
    const ledger = ledgerWith([{ from: BORN, rule: OPEN }]);
    const whole = ledger.total(NOW).costNano;
    ledger.setRule('busy', NOW.getTime() - 30 * DAY_MS, { kind: 'stopped' });
    const cut = ledger.total(NOW).costNano;
    expect(cut).toBeLessThan(whole);
    expect(cut).toBe(ledger.total(NOW.getTime() - 30 * DAY_MS).costNano);
  });
});
