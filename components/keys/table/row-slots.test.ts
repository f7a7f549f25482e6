import { describe, expect, test } from 'vitest';
import { assignSlots, type RowSlots } from './row-slots';

const NONE: RowSlots = new Map();
const slotsOf = (slots: RowSlots) => [...slots.values()];

describe('rows that are drawn', () => {
  test('keys that stay keep their row, whatever comes and goes around them', () => {
    const first = assignSlots(NONE, [10, 11, 12, 13], null);
    const second = assignSlots(first, [7, 11, 13, 20], null);
    expect(second.get(11)).toBe(first.get(11));
    expect(second.get(13)).toBe(first.get(13));
    expect([...second.keys()]).toEqual([7, 11, 13, 20]);
  });

  test('keys that come take over the rows of those that went, in their order', () => {
    const first = assignSlots(NONE, [10, 11, 12], null);
    expect(slotsOf(assignSlots(first, [20, 21, 22], null))).toEqual(slotsOf(first));
  });

  test('the row with the focus is not taken over when its key goes', () => {
    const first = assignSlots(NONE, [10, 11, 12], 11);
    const second = assignSlots(first, [20, 21, 22], 11);
    expect(slotsOf(second)).not.toContain(first.get(11));
    expect(second.size).toBe(3);
  });

  test('no two keys share a row, over any sequence of views', () => {
    let slots = NONE;
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let step = 0; step < 300; step += 1) {
      const wanted = [...new Set(Array.from({ length: next(20) }, () => next(40)))];
      slots = assignSlots(slots, wanted, next(3) === 0 ? null : next(40));
      expect([...slots.keys()]).toEqual(wanted);
      expect(new Set(slots.values()).size).toBe(wanted.length);
    }
  });
});
