import { describe, expect, it } from 'vitest';
import { forSeeds } from '@/lib/testing/random';
import { capped } from '../limits/limit';
import { usd } from '../money/usd';
import { type Difference, type KeyValue, type OpenItem, stepOfDifference } from './drift';

const monthly = (amount: number) => ({ limit: capped(usd(amount), 'monthly') });
const difference = (was: KeyValue, found: KeyValue): Difference => ({ kind: 'limit', was, found });

describe('what a difference means', () => {
  it('opens an item with both values, and only the part that differs', () => {
    const step = stepOfDifference(
      difference({ ...monthly(50), name: 'a' }, { ...monthly(80), name: 'a' }),
      null,
      [],
    );
    expect(step).toEqual({ kind: 'open', lastSeen: monthly(50), found: monthly(80) });
  });

  it('is nothing when Keyward may have set what was found', () => {
    expect(stepOfDifference(difference(monthly(50), monthly(80)), null, [monthly(80)])).toEqual({
      kind: 'none',
    });
    expect(stepOfDifference(difference(monthly(50), monthly(81)), null, [monthly(80)])).toMatchObject({
      kind: 'open',
    });
  });

  it('resolves itself when it is again as it was, and follows what is there now', () => {
    const item: OpenItem = { lastSeen: monthly(50), found: monthly(80) };
    expect(stepOfDifference(difference(monthly(80), monthly(50)), item, [])).toEqual({ kind: 'resolve' });
    expect(stepOfDifference(difference(monthly(80), monthly(90)), item, [])).toEqual({
      kind: 'update',
      found: monthly(90),
    });
  });

  it('keeps an item open exactly while the key differs from what was last acknowledged', () => {
    forSeeds(300, (random) => {
      const start = random.between(1, 4);
      let mirror = start;
      let item: OpenItem | null = null;
      for (let look = 0; look < 20; look += 1) {
        const amount = random.between(1, 4);
        if (amount === mirror) continue;
        const step = stepOfDifference(difference(monthly(mirror), monthly(amount)), item, []);
        if (step.kind === 'open') item = { lastSeen: step.lastSeen, found: step.found };
        if (step.kind === 'update' && item) item = { ...item, found: step.found };
        if (step.kind === 'resolve') item = null;
        mirror = amount;
        expect(item).toEqual(mirror === start ? null : { lastSeen: monthly(start), found: monthly(mirror) });
      }
    });
  });
});
