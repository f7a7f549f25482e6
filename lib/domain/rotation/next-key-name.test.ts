import { describe, expect, it } from 'vitest';
import { nextKeyName } from './next-key-name';

describe('the name of the key that takes over', () => {
  it.each([
    ['billing-bot', [], 'billing-bot (2)'],
    ['billing-bot (2)', [], 'billing-bot (3)'],
    ['billing-bot', ['billing-bot (2)', 'billing-bot (3)'], 'billing-bot (4)'],
    ['billing-bot (9)', ['billing-bot (10)'], 'billing-bot (11)'],
    ['2026 (old)', [], '2026 (old) (2)'],
    ['(3)', [], '(3) (2)'],
  ])('%s with %o taken is followed by %s', (name, taken, next) => {
    expect(nextKeyName(name, new Set(taken))).toBe(next);
  });

  it('never grows beyond what a name may have', () => {
    const next = nextKeyName('x'.repeat(120), new Set());
    expect(next).toHaveLength(120);
    expect(next.endsWith('x (2)')).toBe(true);
  });
});
