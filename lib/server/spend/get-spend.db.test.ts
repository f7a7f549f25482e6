import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { compareUsd, usd } from '@/lib/domain/money/usd';
import type { SpendDimension, SpendQuery } from '@/lib/domain/spend/spend-query';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test, testWithCommits } from '@/lib/testing/database';
import { utcDay } from '@/lib/testing/factories';
import { factsTotal, readCsv, sumOf } from '@/lib/testing/spend-figures';
import { insertSpendWorld, spendWorldNow } from '@/lib/testing/spend-world';
import { expectRollUpsToEqualFacts } from '@/lib/testing/usage-totals';
import { getKeysTable } from '../keys/get-keys-table';
import { getOverview } from '../overview/get-overview';
import { exportSpend } from './export-spend';
import { getSpend } from './get-spend';

const dimensions: readonly SpendDimension[] = ['team', 'connection', 'key', 'model'];

function query(values: Partial<SpendQuery> = {}): SpendQuery {
  const month = { from: utcDay('2026-11-01'), to: utcDay('2026-11-30') };
  return { ...month, by: 'team', connections: [], teams: [], ...values };
}

describe('the figures of a month', () => {
  testWithCommits(
    'agree to the digit on the overview, the spend page, the key table and in the CSV',
    async ({ db }) => {
      await insertSpendWorld(db);
      await expectRollUpsToEqualFacts(db);
      const context = createTestContext(db, { actor: testActor('finance'), now: spendWorldNow });
      const expected = await factsTotal(db, '2026-11-01', '2026-11-30');
      expect(compareUsd(expected, usd('1000'))).toBe(1);
      const table = await getKeysTable(context);
      const byKey = table.columns.monthSpend.flatMap((amount) => (amount === null ? [] : [usd(amount)]));
      expect(table.monthSpend).toBe(expected);
      expect(sumOf(byKey)).toBe(expected);
      expect((await getOverview(context)).spend.total.spend).toBe(expected);
      for (const by of dimensions) {
        const view = await getSpend(context, query({ by }));
        const exported = await readCsv((await exportSpend(context, query({ by }))).pieces);
        expect(view.total.spend, by).toBe(expected);
        expect(sumOf(view.series.flatMap(({ days }) => days)), by).toBe(expected);
        expect(sumOf(exported.map((row) => usd(row.spend_usd || '0'))), by).toBe(expected);
        for (const series of view.series) expect(sumOf(series.days), series.label).toBe(series.spend);
      }
    },
  );

  test('agree with the facts for any range and filter, and for the days compared with', async ({ db }) => {
    const { first, beta } = await insertSpendWorld(db);
    const context = createTestContext(db, { actor: testActor('admin'), now: spendWorldNow });
    const ranges = [
      ['2026-10-21', '2026-11-19', '2026-09-21', '2026-10-20'],
      ['2026-10-01', '2026-11-19', '2026-07-01', '2026-08-19'],
      ['2026-10-02', '2026-10-30', '2026-09-03', '2026-10-01'],
      ['2026-11-08', '2026-11-08', '2026-11-07', '2026-11-07'],
    ] as const;
    const filters = [
      [{}, sql`true`],
      [{ teams: [beta.id, 0] }, sql`team_id in (0, ${beta.id})`],
      [
        { connections: [first.id], teams: [beta.id] },
        sql`connection_id = ${first.id} and team_id = ${beta.id}`,
      ],
    ] as const;
    for (const [from, to, previousFrom, previousTo] of ranges) {
      for (const [filter, where] of filters) {
        const expected = await factsTotal(db, from, to, where);
        const before = await factsTotal(db, previousFrom, previousTo, where);
        for (const by of dimensions) {
          const view = await getSpend(context, query({ by, from: utcDay(from), to: utcDay(to), ...filter }));
          expect(view.previous).toMatchObject({ from: previousFrom, to: previousTo });
          expect([view.total.spend, view.total.previous], `${by} ${from}`).toEqual([expected, before]);
          expect(sumOf(view.series.flatMap(({ days }) => days)), `${by} ${from}`).toBe(expected);
        }
      }
    }
  });

  test('tell today, missing days and the team that owned the key on the day', async ({ db }) => {
    const { alpha } = await insertSpendWorld(db);
    const context = createTestContext(db, { actor: testActor('admin'), now: spendWorldNow });
    const view = await getSpend(context, query());
    expect(view.states).toBe('fffffffffffpppfffft');
    expect(view.gaps).toEqual([
      {
        connection: 'Second',
        kind: 'missing',
        ranges: [{ from: '2026-11-12', to: '2026-11-14' }],
        days: 3,
        reason: 'The provider did not tell this day.',
      },
    ]);
    const own = view.series.find(({ member }) => member?.id === alpha.id);
    expect(own?.spend).toBe(await factsTotal(db, '2026-11-01', '2026-11-30', sql`team_id = ${alpha.id}`));
    expect(view.forecast).not.toBeNull();
    expect(sumOf(view.series.flatMap(({ forecast }) => (forecast ? [forecast.monthEnd] : [])))).toBe(
      view.forecast?.monthEnd,
    );
  });

  test('fold the smaller keys into one exact line and name them', async ({ db }) => {
    await insertSpendWorld(db);
    const context = createTestContext(db, { actor: testActor('admin'), now: spendWorldNow });
    const view = await getSpend(context, query({ by: 'key' }));
    expect(view.series).toHaveLength(6);
    expect(view.series.at(-1)).toMatchObject({ member: null, label: '13 other keys' });
    expect(view.others).toHaveLength(13);
    expect(sumOf(view.others.map(({ spend }) => spend))).toBe(view.series.at(-1)?.spend);
  });
});

describe('the reach of spend', () => {
  testWithCommits(
    'of a lead is what their teams owned on each day, in the page and in the CSV',
    async ({ db }) => {
      const { beta } = await insertSpendWorld(db);
      const context = createTestContext(db, { actor: testActor('lead', [beta.id]), now: spendWorldNow });
      const expected = await factsTotal(db, '2026-11-01', '2026-11-30', sql`team_id = ${beta.id}`);
      for (const by of dimensions) {
        expect((await getSpend(context, query({ by }))).total.spend, by).toBe(expected);
        const exported = await readCsv((await exportSpend(context, query({ by }))).pieces);
        expect(sumOf(exported.map((row) => usd(row.spend_usd || '0'))), by).toBe(expected);
      }
      expect((await getOverview(context)).spend.total.spend).toBe(expected);
    },
  );

  test('ends at other teams, and is nothing without a team', async ({ db }) => {
    const { alpha, beta } = await insertSpendWorld(db);
    const lead = createTestContext(db, { actor: testActor('lead', [beta.id]), now: spendWorldNow });
    await expect(getSpend(lead, query({ teams: [alpha.id] }))).rejects.toMatchObject({ code: 'not_found' });
    await expect(exportSpend(lead, query({ teams: [0] }))).rejects.toMatchObject({ code: 'not_found' });
    const nobody = createTestContext(db, { actor: testActor('lead'), now: spendWorldNow });
    expect((await getSpend(nobody, query())).total.spend).toBe('0');
    expect((await getOverview(nobody)).spend.series).toEqual([]);
  });
});
