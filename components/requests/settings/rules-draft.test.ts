import { describe, expect, it } from 'vitest';
import { usd, ZERO_USD } from '@/lib/domain/money/usd';
import { defaultRequestRules } from '@/lib/domain/requests/request-rules';
import { asEveryone, readEveryonesDraft, readTeamDraft, toDrafts } from './rules-draft';

const view = {
  everyone: defaultRequestRules,
  teams: [
    { id: 1, name: 'Payments', rules: { envelope: null, twoAbove: usd(250) }, envelopeUsed: ZERO_USD },
    { id: 2, name: 'Discovery', rules: null, envelopeUsed: ZERO_USD },
  ],
};

describe('rules as they are typed', () => {
  it('come back as they were', () => {
    const { everyone, teams } = toDrafts(view);
    expect(readEveryonesDraft(everyone)).toEqual({ rules: defaultRequestRules, errors: {} });
    expect([...teams.keys()]).toEqual([1]);
    const own = teams.get(1);
    expect(own).toMatchObject({ envelope: '0', twoAbove: '250', smallRaise: '' });
    expect(own && readTeamDraft(own).rules).toEqual({ envelope: null, twoAbove: '250' });
  });

  it('say what is wrong beside its field', () => {
    const { everyone } = toDrafts(view);
    for (const lapseDays of ['', '0', '91', '1.5', 'x']) {
      const read = readEveryonesDraft({ ...everyone, lapseDays });
      expect(read.rules).toBeNull();
      expect(Object.keys(read.errors)).toEqual(['lapseDays']);
    }
    const read = readTeamDraft({ ...asEveryone, envelope: 'lots' });
    expect(Object.keys(read.errors)).toEqual(['envelope']);
  });

  it('of a team that says nothing change nothing', () => {
    expect(readTeamDraft(asEveryone)).toEqual({ rules: {}, errors: {} });
  });
});
