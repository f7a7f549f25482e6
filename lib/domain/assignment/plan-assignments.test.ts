import { describe, expect, it } from 'vitest';
import { matchesPattern } from './matches-pattern';
import { type AssignableKey, planAssignments } from './plan-assignments';
import { type AssignmentRule, assignmentRuleSchema } from './rule';

const JO = '11111111-1111-4111-8111-111111111111';
const AL = '22222222-2222-4222-8222-222222222222';

const key = (values: Partial<AssignableKey> = {}): AssignableKey => ({
  id: 1,
  name: 'search-prod',
  connectionId: 1,
  containerId: 5,
  labels: { env: 'prod' },
  creator: 'jane@example.com',
  teamId: null,
  ownerId: null,
  ...values,
});

const rule = (match: Record<string, unknown>, values: Partial<AssignmentRule> = {}): AssignmentRule =>
  assignmentRuleSchema.parse({ match, teamId: 1, ownerId: null, isEnabled: true, ...values });

/** The same by a regular expression, which is only safe for a test's own patterns. */
function byExpression(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'is').test(text);
}

describe('a pattern', () => {
  it('matches as its regular expression would, over every short pattern and text', () => {
    const letters = ['a', 'B', '*', '?'];
    let patterns = [''];
    for (let length = 0; length < 4; length += 1) {
      patterns = [
        ...new Set([...patterns, ...patterns.flatMap((start) => letters.map((letter) => start + letter))]),
      ];
    }
    const texts = ['', 'a', 'b', 'ab', 'ba', 'aab', 'abab', 'bbbb', 'A-b'];
    for (const pattern of patterns) {
      for (const text of texts) {
        expect({ pattern, text, is: matchesPattern(pattern, text) }).toEqual({
          pattern,
          text,
          is: byExpression(pattern, text),
        });
      }
    }
  });

  it('is not slowed down by many stars', () => {
    expect(matchesPattern(`${'*a'.repeat(40)}b`, 'a'.repeat(5_000))).toBe(false);
  });
});

describe('assignment rules', () => {
  it.each([
    [{ name: 'search-*' }, true],
    [{ name: 'SEARCH-?rod' }, true],
    [{ name: 'search' }, false],
    [{ connectionId: 1 }, true],
    [{ connectionId: 2 }, false],
    [{ containerId: 5 }, true],
    [{ containerId: 6 }, false],
    [{ label: { name: 'env', value: null } }, true],
    [{ label: { name: 'env', value: 'pro*' } }, true],
    [{ label: { name: 'env', value: 'dev' } }, false],
    [{ label: { name: 'toString', value: null } }, false],
    [{ creator: '*@example.com' }, true],
    [{ creator: '*@example.org' }, false],
    [{ name: 'search-*', connectionId: 2 }, false],
  ])('%j matches: %s', (match, isMatch) => {
    expect(planAssignments([rule(match)], [key()])[0]?.standing).toBe(isMatch ? 'gets' : 'none');
  });

  it('hold in their order, and those switched off not at all', () => {
    const rules = [
      rule({ name: '*' }, { isEnabled: false, teamId: 9 }),
      rule({ name: 'search-*' }, { teamId: 2, ownerId: JO }),
      rule({ name: '*' }, { teamId: 3 }),
    ];
    const plan = planAssignments(rules, [key(), key({ name: 'other' })]);
    expect(plan.map(({ rule: at, teamId, ownerId }) => ({ at, teamId, ownerId }))).toEqual([
      { at: 1, teamId: 2, ownerId: JO },
      { at: 2, teamId: 3, ownerId: null },
    ]);
  });

  it('only fill what a key lacks: nobody loses a key to a rule', () => {
    const rules = [rule({ name: '*' }, { teamId: 1, ownerId: JO })];
    const plan = planAssignments(rules, [
      key({ teamId: 7 }),
      key({ ownerId: AL }),
      key({ teamId: 1, ownerId: JO }),
      key({ teamId: 7, ownerId: JO }),
    ]);
    expect(plan.map(({ standing, teamId, ownerId }) => [standing, teamId, ownerId])).toEqual([
      ['gets', null, JO],
      ['gets', 1, null],
      ['same', null, null],
      ['other', null, null],
    ]);
  });

  it('are refused when they match everything by saying nothing, or give nothing', () => {
    expect(
      assignmentRuleSchema.safeParse({ match: {}, teamId: 1, ownerId: null, isEnabled: true }).success,
    ).toBe(false);
    expect(
      assignmentRuleSchema.safeParse({ match: { name: ' ' }, teamId: 1, ownerId: null, isEnabled: true })
        .success,
    ).toBe(false);
    expect(
      assignmentRuleSchema.safeParse({ match: { name: 'a' }, teamId: null, ownerId: null, isEnabled: true })
        .success,
    ).toBe(false);
  });
});
