import { describe, expect, it } from 'vitest';
import type { Bound, Stack } from '@/lib/domain/binds/bound';
import { whatBinds } from '@/lib/domain/binds/what-binds';
import { capped, UNLIMITED } from '@/lib/domain/limits/limit';
import { type Usd, usd, ZERO_USD } from '@/lib/domain/money/usd';
import { bindingSentence, bindingText, boundText } from './binds-words';

const now = new Date('2026-11-20T15:00:00Z');

function bound(kind: Bound['kind'], left: string, values: Partial<Bound> = {}): Bound {
  const base = {
    name: null,
    period: 'weekly' as const,
    used: ZERO_USD as Usd | null,
    pool: 'p',
    isPersonal: false,
  };
  return { kind, amount: usd(left), ...base, ...values };
}

const own: Stack = { limit: capped(usd(50), 'monthly'), used: usd(10), above: [], notKnown: [] };
const textOf = (stack: Partial<Stack>) => bindingText(whatBinds({ ...own, ...stack }, now), now);

describe('the line of what binds', () => {
  it.each([
    [{}, 'can still spend $40.00 until 1 Dec, 00:00 UTC'],
    [
      { above: [bound('workspace', '12.4')] },
      'can still spend $12.40 until Mon 00:00 UTC; stopped first by the workspace’s weekly budget, not by its own $50',
    ],
    [
      { above: [bound('workspace', '0')] },
      'can spend nothing until Mon 00:00 UTC; stopped by the workspace’s weekly budget, not by its own $50',
    ],
    [{ used: usd(60) }, 'can still spend $0.00 until 1 Dec, 00:00 UTC'],
    [
      { limit: UNLIMITED, used: null, above: [bound('balance', '900', { period: 'total' })] },
      'can still spend $900.00 in all; stopped first by the account’s balance; it has no limit of its own',
    ],
    [
      { above: [bound('group', '5', { period: 'monthly', used: null })] },
      'can still spend at most $5.00 until 1 Dec, 00:00 UTC; stopped first by the group’s monthly budget, of which it is not known how much is used, not by its own $50',
    ],
    [{ limit: UNLIMITED, used: null }, 'has no limit of its own, and none above it is known'],
    [{ limit: { kind: 'blocked' as const }, used: null }, 'can spend nothing: it is blocked'],
    [{ used: null }, 'has not been read since its limit started anew'],
  ])('%# reads as it should', (stack, text) => expect(textOf(stack)).toBe(text));

  it('names each kind of thing that can stop a key', () => {
    const named = { name: 'Interns', period: 'daily' as const };
    expect(
      [
        bound('key', '1'),
        bound('guardrail', '1', named),
        bound('guardrail', '1'),
        bound('member', '1', named),
        bound('member', '1', { period: 'monthly' }),
        bound('workspace', '1', { period: 'total' }),
        bound('group', '1', { isPersonal: true, period: 'monthly' }),
        bound('project', '1', { period: 'monthly' }),
      ].map(boundText),
    ).toEqual([
      'its own weekly limit',
      'the daily budget of the guardrail “Interns”',
      'the workspace’s weekly guardrail budget for each key',
      'the daily budget of the guardrail “Interns” for the person who made it',
      'the monthly limit of the person who made it',
      'the workspace’s budget',
      'the group’s monthly limit for the person who made it',
      'the project’s monthly limit',
    ]);
  });

  it('says where the use of what stops it is inferred, and nothing where the provider tells it', () => {
    const sentence = (values: Partial<Bound>, kind: Bound['kind'] = 'guardrail') =>
      bindingSentence(whatBinds({ ...own, above: [bound(kind, '12.4', values)] }, now), now);
    const line =
      'This key can still spend $12.40 until Mon 00:00 UTC; stopped first by the workspace’s weekly budget, not by its own $50.';
    expect(sentence({}, 'workspace')).toBe(line);
    expect(sentence({ inferredFrom: 'keys' }, 'workspace')).toBe(
      `${line} How much of it is used is inferred from the spend of its keys; the provider does not tell.`,
    );
    expect(sentence({ name: 'Interns', inferredFrom: 'key' })).toMatch(
      /“Interns”, not by its own \$50\. How much of it is used is inferred from this key’s own spend; the provider/,
    );
    expect(sentence({ used: null, inferredFrom: 'key' })).not.toContain('inferred');
    const other = bound('workspace', '400', { inferredFrom: 'keys' });
    expect(bindingSentence(whatBinds({ ...own, above: [other] }, now), now)).not.toContain('inferred');
  });

  it('adds what is not known, and nothing for a blocked key', () => {
    const notKnown = ['guardrail', 'balance'] as const;
    expect(bindingSentence(whatBinds({ ...own, notKnown }, now), now)).toBe(
      'This key can still spend $40.00 until 1 Dec, 00:00 UTC. Not known: a budget of its guardrail; the account’s balance.',
    );
    expect(bindingSentence(whatBinds({ ...own, limit: { kind: 'blocked' }, notKnown }, now), now)).toBe(
      'This key can spend nothing: it is blocked.',
    );
  });
});
