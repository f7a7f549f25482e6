import { desc } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEvents, usageDays } from '@/lib/db/schema';
import { usd } from '@/lib/domain/money/usd';
import type { SpendQuery } from '@/lib/domain/spend/spend-query';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test, testWithCommits } from '@/lib/testing/database';
import { insertConnection, insertKey, usageFact, utcDay } from '@/lib/testing/factories';
import { insertSpendWorld, spendWorldNow } from '@/lib/testing/spend-world';
import { toCsvLine } from '@/lib/utils/csv';
import { storeUsage } from '../usage/store-usage';
import { exportSpend } from './export-spend';

const days = (from: string, to: string, by: SpendQuery['by'] = 'team'): SpendQuery => ({
  from: utcDay(from),
  to: utcDay(to),
  by,
  connections: [],
  teams: [],
});

async function read(pieces: AsyncIterable<string | Uint8Array>): Promise<string[]> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text.trimEnd().split('\r\n');
}

describe('the CSV of spend', () => {
  test('has a line a UTC day and member, with exact decimals and what is known of the day', async ({
    db,
  }) => {
    await insertSpendWorld(db);
    const context = createTestContext(db, { actor: testActor('finance'), now: spendWorldNow });
    const file = await exportSpend(context, days('2026-11-12', '2026-11-30', 'connection'));
    const [head, ...lines] = await read(file.pieces);
    expect(head).toBe(
      'day_utc,connection,connection_id,provider,spend_usd,byok_spend_usd,requests,prompt_tokens,' +
        'completion_tokens,reasoning_tokens,state,not_read',
    );
    expect(lines).toHaveLength(3 + 5 * 2);
    expect(lines[0]).toMatch(/^2026-11-12,First,\d+,openrouter,\d+\.\d+,0,162,270,135,0,partial,Second$/);
    expect(lines.at(-1)).toMatch(/^2026-11-19,.*,today,$/);
    expect(file.filename).toBe('keyward-spend-by-connection-2026-11-12-to-2026-11-19.csv');
  });

  test('keeps days without rows: empty when not read, zero when read without use', async ({ db }) => {
    const { id: connectionId } = await insertConnection(db, { name: 'Quiet' });
    const day = utcDay('2026-11-02');
    await db
      .insert(usageDays)
      .values({ connectionId, day, state: 'complete', source: 'analytics', fetchedAt: spendWorldNow });
    const context = createTestContext(db, { now: spendWorldNow });
    const [, ...lines] = await read((await exportSpend(context, days('2026-11-01', '2026-11-02'))).pieces);
    expect(lines).toEqual(['2026-11-01,,,,,,,,,missing,Quiet', '2026-11-02,,,0,0,0,0,0,0,final,']);
  });

  testWithCommits('lets no name run as a formula', async ({ db }) => {
    await insertSpendWorld(db);
    const context = createTestContext(db, { now: spendWorldNow });
    const [, ...lines] = await read(
      (await exportSpend(context, days('2026-11-19', '2026-11-19', 'key'))).pieces,
    );
    expect(lines).toHaveLength(18);
    expect(lines.every((line) => line.startsWith("2026-11-19,'=external-"))).toBe(true);
  });

  testWithCommits('writes every name of a key as any other CSV would', async ({ db }) => {
    const { id: connectionId } = await insertConnection(db, { name: 'A, "B"' });
    const names = [
      'a,b',
      'say "so"',
      'two\nlines',
      'a\rb',
      ' spaced ',
      '-1.5',
      '-x',
      '=1+1',
      '@me',
      '\tx',
      '\\.',
      'ü–€',
    ];
    const keys = [];
    for (const name of names) keys.push(await insertKey(db, { connectionId, name }));
    const context = createTestContext(db, { now: spendWorldNow });
    const window = { from: utcDay('2026-11-01'), to: utcDay('2026-11-02') };
    await storeUsage(context, {
      connectionId,
      window,
      batch: {
        facts: keys.map(({ externalId }) =>
          usageFact({ keyExternalId: externalId, day: window.to, spend: usd('1.50'), requests: 3 }),
        ),
        coveredDays: [window.to],
        source: 'analytics',
        gap: null,
        missingKeys: [],
      },
      askedKeyIds: [],
      readAt: spendWorldNow,
    });
    let text = '';
    for await (const piece of (await exportSpend(context, days('2026-11-01', '2026-11-02', 'key'))).pieces)
      text += piece;
    const [head, empty] = text.split('\r\n');
    const lines = keys.map(({ id, name }) =>
      toCsvLine(['2026-11-02', name, id, 'A, "B"', 'No team', 1.5, 0, 3, 10, 5, 0, 'final', null]),
    );
    expect(empty).toBe(
      toCsvLine(['2026-11-01', ...Array<null>(10).fill(null), 'missing', 'A, "B"']).trimEnd(),
    );
    expect(text).toBe([`${head}\r\n${empty}\r\n`, ...lines].join(''));
  });

  test('stands in the audit log with what was asked for', async ({ db }) => {
    const { beta } = await insertSpendWorld(db);
    const context = createTestContext(db, { actor: testActor('lead', [beta.id]), now: spendWorldNow });
    await exportSpend(context, { ...days('2026-11-01', '2026-11-30'), teams: [beta.id] });
    const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
    expect(event).toMatchObject({
      action: 'spend.export',
      actorRole: 'lead',
      outcome: 'done',
      after: { from: '2026-11-01', to: '2026-11-19', days: 19, by: 'team', teams: String(beta.id) },
    });
  });

  test('refuses days that are still to come', async ({ db }) => {
    const context = createTestContext(db, { now: spendWorldNow });
    await expect(exportSpend(context, days('2026-12-01', '2026-12-02'))).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
