import { describe, expect, it } from 'vitest';
import { usd } from '../money/usd';
import { teamBudget } from './team-budget';

const month = (spent: string, forecast: string | null) =>
  teamBudget({
    monthlyBudget: usd(100),
    monthSpend: usd(spent),
    forecast: forecast === null ? null : usd(forecast),
  });

describe('a team against its budget', () => {
  it.each([
    ['40', '90', 'lasts', '60', 0.9],
    ['40', '100', 'lasts', '60', 1],
    ['40', '100.01', 'will_exceed', '60', 1.0001],
    ['100', '130', 'will_exceed', '0', 1.3],
    ['100.01', '130', 'exceeded', '-0.01', 1.3],
    ['40', null, 'lasts', '60', null],
  ] as const)('with %s spent and %s ahead %s', (spent, forecast, state, headroom, endShare) => {
    expect(month(spent, forecast)).toMatchObject({ state, headroom, endShare });
  });

  it('is nothing without a budget', () => {
    expect(teamBudget({ monthlyBudget: null, monthSpend: usd(4), forecast: null })).toBeNull();
  });
});
