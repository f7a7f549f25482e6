import { describe, expect, it } from 'vitest';
import { BLOCKED, capped, type Limit, UNLIMITED } from '../limits/limit';
import { usd, ZERO_USD } from '../money/usd';
import { decideNeeds, monthlyOf, type NeedsFacts } from './decide-needs';
import { defaultRequestRules, rulesOfTeam } from './request-rules';
import type { Grant } from './request-wish';

const monthly = (amount: number | string) => capped(usd(amount), 'monthly');
const to = (limit: Limit, until: string | null = null): Grant => ({ kind: 'limit', limit, until });

const rules = {
  ...defaultRequestRules,
  twoAbove: usd(1_000),
  envelope: usd(200),
  smallRaise: usd(100),
};

function needs(facts: Partial<NeedsFacts>) {
  const { approvals, reason } = decideNeeds({
    grant: to(monthly(380)),
    current: monthly(300),
    rules,
    hasTeam: true,
    envelopeUsed: ZERO_USD,
    isBudgetUsedUp: false,
    ...facts,
  });
  return `${approvals} ${reason}`;
}

describe('who must agree to a limit', () => {
  it.each<[string, Partial<NeedsFacts>, string]>([
    ['a small raise inside the envelope', {}, '0 within_envelope'],
    ['the same until a date', { grant: to(monthly(380), '2026-12-05T23:59:00Z') }, '0 within_envelope'],
    ['exactly the most a small raise may add', { grant: to(monthly(400)) }, '0 within_envelope'],
    ['a cent more than small', { grant: to(monthly('400.01')) }, '1 more_than_small'],
    ['exactly what the envelope holds', { envelopeUsed: usd(120) }, '0 within_envelope'],
    ['a cent more than the envelope holds', { envelopeUsed: usd('120.01') }, '1 envelope_used_up'],
    [
      'no bound on one raise',
      { grant: to(monthly(500)), rules: { ...rules, smallRaise: null } },
      '0 within_envelope',
    ],
    ['a team that spent its budget', { isBudgetUsedUp: true }, '1 budget_used_up'],
    ['a key of no team', { hasTeam: false }, '1 no_team'],
    ['no envelope', { rules: { ...rules, envelope: null } }, '1 ordinary'],
    ['another period', { grant: to(capped(usd(10), 'daily')) }, '1 not_comparable'],
    ['a blocked key', { current: BLOCKED }, '1 not_comparable'],
    ['a key stopped by the lowest cap', { current: monthly('0.01'), grant: to(monthly(3)) }, '1 stopped'],
    ['a cent above that', { current: monthly('0.02'), grant: to(monthly(3)) }, '0 within_envelope'],
    ['exactly the amount of one person', { grant: to(monthly(1_000)) }, '1 more_than_small'],
    ['a cent above it', { grant: to(monthly('1000.01')) }, '2 above_amount'],
    ['daily amounts count 31 times', { grant: to(capped(usd('32.26'), 'daily')) }, '2 above_amount'],
    ['below that', { grant: to(capped(usd('32.25'), 'daily')) }, '1 not_comparable'],
    ['weekly amounts count 4.43 times', { grant: to(capped(usd(226), 'weekly')) }, '2 above_amount'],
    ['a total counts whole', { grant: to(capped(usd(1_001), 'total')) }, '2 above_amount'],
    ['no limit', { grant: to(UNLIMITED) }, '2 no_limit'],
    ['no limit from blocked', { grant: to(UNLIMITED), current: BLOCKED }, '2 no_limit'],
    [
      'no limit where nothing needs two',
      { grant: to(UNLIMITED), rules: { ...rules, twoAbove: null } },
      '1 no_limit',
    ],
    [
      'an envelope never covers no limit',
      { grant: to(UNLIMITED), rules: { ...rules, twoAbove: null, smallRaise: null } },
      '1 no_limit',
    ],
    [
      'an envelope never goes above one person’s amount',
      { grant: to(monthly(1_050)), current: monthly(999) },
      '2 above_amount',
    ],
    ['a lower limit', { grant: to(monthly(200)) }, '1 lowering'],
    ['a cap where there was none', { grant: to(monthly(5_000)), current: UNLIMITED }, '1 lowering'],
    ['blocking', { grant: to(BLOCKED) }, '1 lowering'],
    [
      'a lower limit where that is free',
      { grant: to(monthly(200)), rules: { ...rules, isLoweringFree: true } },
      '0 lowering_free',
    ],
    ['the same limit', { grant: to(monthly(300)) }, '1 lowering'],
  ])('%s', (_, facts, expected) => {
    expect(needs(facts)).toBe(expected);
  });
});

describe('who must agree to the rest', () => {
  it.each<[string, Grant, string]>([
    ['a small key', { kind: 'new_key', limit: monthly(25) }, '1 ordinary'],
    ['a large key', { kind: 'new_key', limit: monthly(1_500) }, '2 above_amount'],
    ['a key without a limit', { kind: 'new_key', limit: UNLIMITED }, '2 no_limit'],
    ['enabling', { kind: 'enable_key' }, '1 ordinary'],
    ['taking over', { kind: 'take_over' }, '1 ordinary'],
  ])('%s', (_, grant, expected) => {
    expect(needs({ grant })).toBe(expected);
  });
});

describe('the rules of a team', () => {
  it('replace only what they name, also with none', () => {
    const everyone = { ...rules, isLoweringFree: true };
    expect(rulesOfTeam(everyone, { envelope: null, lapseDays: 3 })).toEqual({
      ...everyone,
      envelope: null,
      lapseDays: 3,
    });
    expect(rulesOfTeam(everyone, null)).toEqual(everyone);
  });

  it('tell months of a limit', () => {
    expect(monthlyOf(UNLIMITED)).toBeNull();
    expect(monthlyOf(BLOCKED)).toBe('0');
    expect(monthlyOf(capped(usd(100), 'weekly'))).toBe('443');
  });
});
