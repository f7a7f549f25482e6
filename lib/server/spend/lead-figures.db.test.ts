import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { keys, reads } from '@/lib/db/schema';
import { NO_FILTERS } from '@/lib/domain/keys/key-filters';
import { DEFAULT_KEY_SORT } from '@/lib/domain/keys/key-sort';
import { decodeKeysTable, type KeyRow } from '@/lib/domain/keys/keys-table';
import { decodeRecentSpend } from '@/lib/domain/keys/recent-spend';
import { addUsd, isPositiveUsd, subtractUsd, type Usd, usd, usdToNumber } from '@/lib/domain/money/usd';
import type { SpendQuery } from '@/lib/domain/spend/spend-query';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test, testWithCommits } from '@/lib/testing/database';
import { insertAssignment, utcDay } from '@/lib/testing/factories';
import { factsTotal, readCsv, sumOf } from '@/lib/testing/spend-figures';
import { insertSpendWorld, spendWorldNow as now } from '@/lib/testing/spend-world';
import type { ServerContext } from '../context';
import { exportKeys } from '../keys/export-keys';
import { getKeyDetail } from '../keys/get-key-detail';
import { getKeyUsage } from '../keys/get-key-usage';
import { getKeyUse } from '../keys/get-key-use';
import { getKeysTable } from '../keys/get-keys-table';
import { getRecentSpend } from '../keys/get-recent-spend';
import { listKeyDays } from '../keys/list-key-days';
import { getOverview } from '../overview/get-overview';
import { loadKeyEvidence } from '../requests/load-evidence';
import { getLineUsage } from '../rotation/get-line-usage';
import { assignKeys } from '../teams/assign-keys';
import { getMyTeam } from '../teams/get-my-team';
import { getTeamView } from '../teams/get-team-view';
import { exportSpend } from './export-spend';
import { getSpend } from './get-spend';

const month = { from: utcDay('2026-11-01'), to: utcDay('2026-11-19') };
const lastDays = { from: utcDay('2026-10-21'), to: utcDay('2026-11-19') };
const query = (by: SpendQuery['by']): SpendQuery => ({
  from: month.from,
  to: utcDay('2026-11-30'),
  by,
  connections: [],
  teams: [],
});

function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`${items.length} instead of one`);
  return item;
}

/** The world of spend, in which the first key went from Alpha to Beta on 10 November. */
async function setUp(db: Database) {
  const world = await insertSpendWorld(db);
  const [moved] = world.keys;
  if (!moved) throw new Error('the world has keys');
  const { alpha, beta } = world;
  const [came, left] = [utcDay('2026-11-10'), utcDay('2026-11-09')];
  await insertAssignment(db, {
    keyId: moved.id,
    teamId: alpha.id,
    fromDay: utcDay('2026-09-01'),
    toDay: left,
  });
  await insertAssignment(db, { keyId: moved.id, teamId: beta.id, fromDay: came });
  const leadOf = (...teams: { id: number }[]) =>
    createTestContext(db, {
      actor: testActor(
        'lead',
        teams.map(({ id }) => id),
      ),
      now,
    });
  const finance = createTestContext(db, { actor: testActor('finance'), now });
  return { ...world, moved, leadOf, finance, admin: createTestContext(db, { now }) };
}

/** What the console tells of all keys together, by key, in November. */
async function loadFiles(context: ServerContext) {
  const spend = await getSpend(context, query('key'));
  const filters = { ...NO_FILTERS, status: 'all' as const };
  return {
    members: [...spend.series.flatMap(({ member }) => member ?? []), ...spend.others],
    csv: await readCsv((await exportSpend(context, query('key'))).pieces),
    keyCsv: await readCsv((await exportKeys(context, { filters, sort: DEFAULT_KEY_SORT })).pieces),
  };
}

/** Every figure that the console tells of one key in November. */
async function monthFigures(
  context: ServerContext,
  row: KeyRow,
  { members, csv, keyCsv }: Awaited<ReturnType<typeof loadFiles>>,
): Promise<Record<string, Usd>> {
  const keyId = row.id;
  const isOwn = ({ key_id }: Record<string, string>) => key_id === String(keyId);
  const detail = await getKeyDetail(context, { keyId });
  return {
    table: row.monthSpend,
    page: only(decodeKeysTable(detail.table, now)).monthSpend,
    chart: (await getKeyUsage(context, { keyId, ...month })).spendTotal,
    line: (await getLineUsage(context, { keyId, ...month })).spendTotal,
    days: sumOf((await listKeyDays(context, { keyId, ...month })).map((day) => day.spend)),
    use: (await getKeyUse(context, { keyId })).monthSpend,
    spend: only(members.filter(({ id }) => id === keyId)).spend,
    csv: sumOf(csv.filter(isOwn).map((line) => usd(line.spend_usd ?? ''))),
    keyCsv: usd(only(keyCsv.filter(isOwn)).spend_2026_11_usd ?? ''),
  };
}

describe("a lead's figures when a key changed its team within the month", () => {
  testWithCommits(
    'are those of the days on which the key was their teams’, on every page and in every file',
    async ({ db }) => {
      const { alpha, beta, moved, leadOf, finance } = await setUp(db);
      for (const teams of [[beta], [alpha], [alpha, beta]]) {
        const lead = leadOf(...teams);
        const ids = teams.map(({ id }) => id);
        const owned = sql`team_id = any(${sql.param(ids)}::int[])`;
        const expected = await factsTotal(db, month.from, month.to, owned);
        const table = await getKeysTable(lead);
        const rows = decodeKeysTable(table, now);
        expect(table.monthSpend).toBe(expected);
        expect(sumOf([...rows.map(({ monthSpend }) => monthSpend), table.leftSpend])).toBe(expected);
        expect((await getOverview(lead)).spend.total.spend).toBe(expected);
        const mine = await getMyTeam(lead);
        expect(sumOf(mine.teams.map(({ team }) => team.monthSpend))).toBe(expected);
        expect(sumOf(mine.teams.map(({ keys: { monthSpend } }) => monthSpend))).toBe(expected);
        const files = await loadFiles(lead);
        const shown = rows.filter(({ id }) => id === moved.id || id === rows.at(-1)?.id);
        for (const row of shown) {
          const own = await factsTotal(db, month.from, month.to, sql`${owned} and key_id = ${row.id}`);
          const figures = await monthFigures(lead, row, files);
          expect(figures).toEqual(Object.fromEntries(Object.keys(figures).map((name) => [name, own])));
          expect(isPositiveUsd(own)).toBe(true);
        }
        const isBoth = ids.length === 2;
        const flags = rows.map(({ id, isMonthShared }) => [id === moved.id, isMonthShared] as const);
        for (const [isMoved, isShared] of flags) expect(isShared).toBe(isMoved && !isBoth);
        expect(flags.some(([isMoved]) => isMoved)).toBe(ids.includes(beta.id));
        expect(isPositiveUsd(table.leftSpend)).toBe(!ids.includes(beta.id));
      }
      const row = only(decodeKeysTable(await getKeysTable(finance), now).filter(({ id }) => id === moved.id));
      const whole = await factsTotal(db, month.from, month.to, sql`key_id = ${moved.id}`);
      expect(new Set(Object.values(await monthFigures(finance, row, await loadFiles(finance))))).toEqual(
        new Set([whole]),
      );
    },
  );

  test('hold for the sparkline too, in the table and on the page, while pace and last use are the key’s', async ({
    db,
  }) => {
    const { beta, moved, leadOf, finance } = await setUp(db);
    const lead = leadOf(beta);
    const owned = await factsTotal(
      db,
      lastDays.from,
      lastDays.to,
      sql`team_id = ${beta.id} and key_id = ${moved.id}`,
    );
    const whole = await factsTotal(db, lastDays.from, lastDays.to, sql`key_id = ${moved.id}`);
    const recentOf = async (context: ServerContext) => [
      decodeRecentSpend(await getRecentSpend(context)).of(moved.id),
      decodeRecentSpend((await getKeyDetail(context, { keyId: moved.id })).recent).of(moved.id),
    ];
    const theirs = await recentOf(lead);
    const all = await recentOf(finance);
    for (const [at, recent] of theirs.entries()) {
      expect(recent.total).toBeCloseTo(usdToNumber(owned), 2);
      expect(all[at]?.total).toBeCloseTo(usdToNumber(whole), 2);
      expect(recent.bars).toMatch(/^A{20}[^A]/);
      expect(recent).toMatchObject({ isShared: true, lastUsedDayMs: all[at]?.lastUsedDayMs });
      expect(recent.pace).toBe(all[at]?.pace);
      expect(all[at]?.isShared).toBe(false);
    }
  });

  test('move at once with a key that is given away, from that day on', async ({ db }) => {
    const { alpha, beta, moved, leadOf, admin } = await setUp(db);
    const [old, next] = [leadOf(beta), leadOf(alpha)];
    const shownTo = async (context: ServerContext) => ({
      ids: decodeKeysTable(await getKeysTable(context), now).map(({ id }) => id),
      total: decodeRecentSpend(await getRecentSpend(context)).of(moved.id).total,
    });
    expect((await shownTo(old)).ids).toContain(moved.id);
    expect(await shownTo(next)).toMatchObject({ total: 0 });
    await assignKeys(admin, { keyIds: [moved.id], teamId: alpha.id, reason: '' });
    const own = sql`key_id = ${moved.id} and team_id = ${alpha.id}`;
    const theirs = await shownTo(next);
    expect(theirs.ids).toContain(moved.id);
    expect(theirs.total).toBeCloseTo(usdToNumber(await factsTotal(db, lastDays.from, lastDays.to, own)), 2);
    const row = only(decodeKeysTable(await getKeysTable(next, { keyId: moved.id }), now));
    expect(row.monthSpend).toBe(await factsTotal(db, month.from, month.to, own));
    expect((await shownTo(old)).ids).not.toContain(moved.id);
  });

  test('what the limit has used stays the whole key’s, and the request to raise it shows all days', async ({
    db,
  }) => {
    const { beta, moved, first, leadOf, finance } = await setUp(db);
    await db
      .update(keys)
      .set({
        limitKind: 'capped',
        limitAmount: usd(9000),
        limitPeriod: 'monthly',
        limitRemaining: usd(8000),
      })
      .where(eq(keys.id, moved.id));
    await db.insert(reads).values({
      connectionId: first.id,
      kind: 'keys',
      state: 'complete',
      startedAt: now,
      aliveAt: now,
      finishedAt: now,
    });
    for (const context of [leadOf(beta), finance]) {
      const row = only(decodeKeysTable(await getKeysTable(context, { keyId: moved.id }), now));
      expect([row.used, row.left]).toEqual(['1000', '8000']);
    }
    const { attention } = await getOverview(leadOf(beta));
    expect(attention.monthlyCaps).toEqual({ keys: 1, used: '1000', caps: '9000', isShared: true });
    const evidence = await loadKeyEvidence(leadOf(beta), moved.id);
    const whole = await factsTotal(db, '2026-09-01', month.to, sql`key_id = ${moved.id}`);
    expect(sumOf(evidence.days.map(({ spend }) => spend))).toBe(whole);
    expect(evidence.isShared).toBe(true);
  });

  test('a team’s page tells the team’s days for everyone who sees it', async ({ db }) => {
    const { alpha, beta, moved, leadOf, admin } = await setUp(db);
    const own = await factsTotal(
      db,
      month.from,
      month.to,
      sql`team_id = ${beta.id} and key_id = ${moved.id}`,
    );
    for (const context of [leadOf(beta), leadOf(alpha, beta), admin]) {
      const { team, keys: table } = await getTeamView(context, { teamId: beta.id });
      const rows = decodeKeysTable(table, now);
      expect(only(rows.filter(({ id }) => id === moved.id))).toMatchObject({
        monthSpend: own,
        isMonthShared: true,
      });
      expect([table.monthSpend, table.leftSpend]).toEqual([team.monthSpend, '0']);
    }
    const left = await getTeamView(admin, { teamId: alpha.id });
    const ofRows = sumOf(decodeKeysTable(left.keys, now).map(({ monthSpend }) => monthSpend));
    expect(left.keys.leftSpend).toBe(subtractUsd(left.team.monthSpend, ofRows));
    expect(isPositiveUsd(left.keys.leftSpend)).toBe(true);
  });
});

describe('a key that left a lead’s teams', () => {
  testWithCommits(
    'keeps its days on the spend page under the name it had, and tells nothing of what came after',
    async ({ db }) => {
      const { alpha, beta, moved, leadOf, admin } = await setUp(db);
      const lead = leadOf(beta);
      await db.update(keys).set({ name: 'checkout' }).where(eq(keys.id, moved.id));
      await assignKeys(admin, { keyIds: [moved.id], teamId: alpha.id, reason: '' });
      await db
        .update(keys)
        .set({ name: 'secret-plan', maskedLabel: 'sk-secret-plan' })
        .where(eq(keys.id, moved.id));
      const owned = sql`team_id = ${beta.id} and key_id = ${moved.id}`;
      const expected = await factsTotal(db, month.from, month.to, owned);
      expect(isPositiveUsd(expected)).toBe(true);

      const spend = await getSpend(lead, query('key'));
      const members = [...spend.series.flatMap(({ member }) => member ?? []), ...spend.others];
      expect(members.find(({ id }) => id === moved.id)).toMatchObject({
        label: 'checkout',
        detail: 'No longer your team’s',
        isOpen: false,
        spend: expected,
      });
      const csv = await readCsv((await exportSpend(lead, query('key'))).pieces);
      const lines = csv.filter(({ key_id }) => key_id === String(moved.id));
      expect(new Set(lines.map(({ key, team }) => `${key}, ${team}`))).toEqual(new Set(['checkout, Beta']));
      expect(sumOf(lines.map((line) => usd(line.spend_usd ?? '')))).toBe(expected);

      const table = await getKeysTable(lead);
      const rows = decodeKeysTable(table, now);
      expect(rows.map(({ id }) => id)).not.toContain(moved.id);
      expect(table.leftSpend).toBe(expected);
      expect(addUsd(table.leftSpend, ...rows.map(({ monthSpend }) => monthSpend))).toBe(spend.total.spend);
      const told = [
        spend,
        csv,
        table,
        await getRecentSpend(lead),
        await getOverview(lead),
        await getMyTeam(lead),
      ];
      expect(JSON.stringify(told)).not.toMatch(/secret-plan/);
      await expect(getKeyDetail(lead, { keyId: moved.id })).rejects.toMatchObject({ code: 'not_found' });
      expect(JSON.stringify(await getSpend(admin, query('key')))).toMatch(/secret-plan/);
    },
  );

  testWithCommits('has its number for a name where nobody recorded the old one', async ({ db }) => {
    const { alpha, moved, leadOf } = await setUp(db);
    const spend = await getSpend(leadOf(alpha), query('key'));
    const members = [...spend.series.flatMap(({ member }) => member ?? []), ...spend.others];
    expect(members.find(({ id }) => id === moved.id)?.label).toBe(`Key ${moved.id}`);
    const csv = await readCsv((await exportSpend(leadOf(alpha), query('key'))).pieces);
    expect(new Set(csv.filter(({ key_id }) => key_id === String(moved.id)).map(({ key }) => key))).toEqual(
      new Set([`Key ${moved.id}`]),
    );
  });
});
