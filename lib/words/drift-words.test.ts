import { describe, expect, it } from 'vitest';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import { capped } from '@/lib/domain/limits/limit';
import { usd } from '@/lib/domain/money/usd';
import { circumstances, putBackText, valueText } from './drift-words';

const monthly = (amount: number) => capped(usd(amount), 'monthly');

const view: DriftView = {
  id: 'a',
  digest: 'b',
  kind: 'limit',
  keyId: 1,
  keyName: 'billing-bot',
  connectionId: 1,
  connectionName: 'Main',
  teamName: null,
  lastSeen: { limit: monthly(25) },
  lastSet: null,
  found: { limit: monthly(77) },
  foundAt: '2026-11-20T12:00:00.000Z',
  ignoredUntil: null,
  putBack: { can: true, to: { limit: monthly(25) } },
  ways: [],
  raise: null,
  isUnderRotation: false,
  runId: null,
};

describe('the words of a difference', () => {
  it('tell each kind of value, and what is not known', () => {
    expect(valueText('limit', view.found)).toBe('$77 monthly');
    expect(valueText('name', { name: 'x' })).toBe('“x”');
    expect(valueText('state', { isDisabled: true })).toBe('Disabled');
    expect(valueText('gone', null)).toBe('Not there');
    expect(valueText('limit', null)).toBeNull();
    expect(valueText('created', { limit: monthly(5), isDisabled: false, creator: 'a@example.com' })).toBe(
      '$5 monthly, enabled, by a@example.com',
    );
  });

  it('say what putting back will do, or nothing where it cannot be', () => {
    expect(putBackText(view)).toBe('Set limit to $25 monthly');
    expect(putBackText({ ...view, putBack: { can: true, to: { isDisabled: false } } })).toBe('Enable');
    expect(putBackText({ ...view, putBack: { can: false, reason: 'no' } })).toBeNull();
  });

  it('tell the three values after a raise, and what holds now', () => {
    const raise = {
      raiseId: 'r',
      base: monthly(25),
      raised: monthly(80),
      endsAt: '2026-11-19T00:00:00.000Z',
    };
    const [ended] = circumstances({ ...view, lastSeen: { limit: monthly(80), raise } });
    expect(ended).toContain('$25 monthly to $80 monthly');
    expect(circumstances(view)).toEqual([]);
    const held = { base: monthly(25), held: monthly(60), endsAt: '2026-11-29T00:00:00.000Z' };
    expect(circumstances({ ...view, raise: held, isUnderRotation: true })).toHaveLength(2);
  });
});
