import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../limits/limit';
import { type Usd, usd } from '../money/usd';
import { stackOf } from './binds-wire';
import { type BindsFacts, type BindsKey, buildBinds, type Counters, type KnownBudget } from './build-binds';
import { whatBinds } from './what-binds';

const now = new Date('2026-11-20T12:00:00Z');
const readAt = new Date('2026-11-20T11:55:00Z');

function counters(
  daily: string,
  weekly = daily,
  monthly = weekly,
  total = monthly,
  byok: Usd | null = usd(1),
): Counters {
  const told = (spend: string) => ({ spend: usd(spend), byok });
  return { daily: told(daily), weekly: told(weekly), monthly: told(monthly), total: told(total) };
}

function budget(
  values: Partial<Omit<KnownBudget, 'covers'>> & { covers?: Partial<KnownBudget['covers']> },
): KnownBudget {
  return {
    id: 1,
    connectionId: 1,
    kind: 'workspace',
    externalId: 'b',
    name: '',
    period: 'weekly',
    amount: usd(100),
    spend: null,
    includesByok: false,
    readAt,
    ...values,
    covers: {
      containers: ['w'],
      members: null,
      keys: null,
      exceptKeys: [],
      counts: 'together',
      ...values.covers,
    },
  };
}

const key: BindsKey = {
  id: 7,
  connectionId: 1,
  externalId: 'k',
  container: 'w',
  maker: 'jane',
  counters: counters('2', '5', '20', '80'),
};
const sum = (container: string, maker: string | null, counted: Counters) => ({
  connectionId: 1,
  container,
  maker,
  counters: counted,
});

function facts(
  values: Partial<BindsFacts> & { report?: BindsFacts['connections'][number]['report'] },
): BindsFacts {
  const report = values.report ?? { workspace: 'read', guardrail: 'read', member: 'read' };
  return {
    connections: [
      { id: 1, balance: usd(500), budgetsAbove: ['guardrail', 'member', 'workspace'], report, readAt },
    ],
    budgets: [],
    containers: [{ id: 3, externalId: 'w', connectionId: 1 }],
    sums: [],
    keys: [],
    now,
    ...values,
  };
}

function stack(given: BindsFacts, container: { id: number } | null = { id: 3 }) {
  return stackOf(buildBinds(given), {
    id: 7,
    connection: { id: 1 },
    container,
    limit: UNLIMITED,
    used: null,
  });
}

describe('what stands above a key', () => {
  it('is a workspace’s budget, drawn on by all of its keys, and the balance', () => {
    const sums = [
      sum('w', 'jane', counters('2', '30')),
      sum('w', null, counters('1', '20.5')),
      sum('x', 'jane', counters('9', '99')),
    ];
    const found = stack(facts({ budgets: [budget({})], sums }));
    expect(found.above.map(({ kind, used, pool }) => ({ kind, used, pool }))).toEqual([
      { kind: 'workspace', used: '50.5', pool: 'budget 1' },
      { kind: 'balance', used: '0', pool: 'balance 1' },
    ]);
    expect(found.notKnown).toEqual([]);
    expect(whatBinds(found, now)).toMatchObject({ left: '49.5', by: { kind: 'workspace' } });
    expect(stack(facts({ budgets: [budget({})], sums }), null).above.map(({ kind }) => kind)).toEqual([
      'balance',
    ]);
  });

  it('says whose spend its use was added up from where the provider does not tell it', () => {
    const each = budget({ id: 2, kind: 'guardrail', covers: { counts: 'each_key', keys: ['k'] } });
    const told = budget({ id: 3, spend: usd(4) });
    const found = stack(facts({ budgets: [budget({}), each, told], keys: [key] }));
    expect(found.above.map(({ inferredFrom }) => inferredFrom)).toEqual([
      'keys',
      'key',
      undefined,
      undefined,
    ]);
  });

  it('may be a default guardrail for the person who made it, which nobody tells: not known', () => {
    const standard = budget({
      kind: 'guardrail',
      covers: { counts: 'each_key', mayCountMembers: true },
    });
    const notKnown = (budgets: readonly KnownBudget[], own: BindsKey = key) =>
      stack(facts({ budgets, keys: [own] })).notKnown;
    expect(notKnown([standard])).toEqual(['member']);
    const excepted = { ...standard, covers: { ...standard.covers, exceptKeys: ['k'] } };
    expect(notKnown([excepted])).toEqual(['member']);
    expect(notKnown([standard], { ...key, container: 'x' })).toEqual([]);
    const hers = budget({
      id: 2,
      kind: 'member',
      covers: { counts: 'each_member', members: ['jane'] },
    });
    expect(notKnown([standard, hers])).toEqual([]);
    expect(notKnown([standard, hers], { ...key, maker: null })).toEqual(['maker']);
  });

  it('counts own provider keys where the budget does', () => {
    const sums = [sum('w', 'jane', counters('2', '30'))];
    const [used] = stack(facts({ budgets: [budget({ includesByok: true })], sums })).above.map(
      (bound) => bound.used,
    );
    expect(used).toBe('31');
  });

  it('counts a guardrail’s budget for the key alone, by its own counters', () => {
    const guardrail = budget({
      kind: 'guardrail',
      name: 'Interns',
      period: 'daily',
      amount: usd(3),
      covers: { keys: ['k'], counts: 'each_key' },
    });
    const found = stack(facts({ budgets: [guardrail], keys: [key] }));
    expect(found.above[0]).toMatchObject({ kind: 'guardrail', name: 'Interns', used: '2', pool: null });
    expect(
      stack(facts({ budgets: [guardrail], keys: [{ ...key, externalId: 'other' }] })).above,
    ).toHaveLength(1);
  });

  it('lets a default guardrail hold for keys that no other is assigned to', () => {
    const standard = budget({ kind: 'guardrail', covers: { exceptKeys: ['k'], counts: 'each_key' } });
    expect(stack(facts({ budgets: [standard], keys: [key] })).above).toHaveLength(1);
    expect(stack(facts({ budgets: [standard], keys: [{ ...key, externalId: 'other' }] })).above).toHaveLength(
      2,
    );
  });

  it('counts a member’s budget over all that they made there, and asks who made a key where that is not told', () => {
    const member = budget({
      kind: 'member',
      name: 'Interns',
      covers: { members: ['jane', 'joe'], counts: 'each_member' },
    });
    const sums = [
      sum('w', 'jane', counters('1', '40')),
      sum('w', 'joe', counters('1', '50')),
      sum('x', 'jane', counters('1', '7')),
    ];
    const found = stack(facts({ budgets: [member], sums, keys: [key] }));
    expect(found.above[0]).toMatchObject({ used: '40', isPersonal: true, pool: 'budget 1 of jane' });
    const nobodys = stack(facts({ budgets: [member], sums, keys: [{ ...key, maker: null }] }));
    expect(nobodys.above).toHaveLength(1);
    expect(nobodys.notKnown).toEqual(['maker']);
  });

  it('believes the provider’s own figure, unless it is from the window before', () => {
    const told = { period: 'monthly' as const, spend: usd('12.5') };
    expect(stack(facts({ budgets: [budget(told)] })).above[0]?.used).toBe('12.5');
    const old = budget({ ...told, readAt: new Date('2026-10-31T23:59:00Z') });
    expect(stack(facts({ budgets: [old] })).above[0]?.used).toBeNull();
  });

  it('does not know what was used when the counters are from the window before', () => {
    const given = facts({ budgets: [budget({ period: 'daily' })], sums: [sum('w', 'jane', counters('9'))] });
    const [account] = given.connections;
    if (!account) throw new Error('an account');
    const stale = { ...given, connections: [{ ...account, readAt: new Date('2026-11-19T23:59:59Z') }] };
    expect(stack(stale).above[0]?.used).toBeNull();
    expect(stack(given).above[0]?.used).toBe('9');
  });

  it('says what is not known: never read, failed, told in part, and a balance that nobody tells', () => {
    expect(stack(facts({ report: {} })).notKnown).toEqual(['guardrail', 'member', 'workspace']);
    expect(stack(facts({ report: {} }), null).notKnown).toEqual(['guardrail', 'member']);
    expect(
      stack(facts({ report: { workspace: 'partly', guardrail: 'absent', member: 'failed' } })).notKnown,
    ).toEqual(['member', 'workspace']);
    const partly = facts({
      report: { workspace: 'partly', guardrail: 'absent', member: 'read' },
      budgets: [budget({})],
    });
    expect(stack(partly).notKnown).toEqual([]);
    const [account] = facts({}).connections;
    if (!account) throw new Error('an account');
    const untold = stack(facts({ connections: [{ ...account, balance: null }] }));
    expect(untold.notKnown).toEqual(['balance']);
    expect(untold.above).toEqual([]);
  });

  it('takes a balance below nothing as nothing', () => {
    const [account] = facts({}).connections;
    if (!account) throw new Error('an account');
    expect(stack(facts({ connections: [{ ...account, balance: usd('-3') }] })).above[0]?.amount).toBe('0');
  });
});
