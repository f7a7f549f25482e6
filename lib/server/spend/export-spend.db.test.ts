import { desc } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEvents, usageDays } from '@/lib/db/schema';
import type { SpendQuery } from '@/lib/domain/spend/spend-query';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, utcDay } from '@/lib/testing/factories';
import { insertSpendWorld, spendWorldNow } from '@/lib/testing/spend-world';
import { exportSpend } from './export-spend';

const days = (from: string, to: string, by: SpendQuery['by'] = 'team'): SpendQuery => ({
  from: utcDay(from),
  to: utcDay(to),
  by,
  connections: [],
  teams: [],
});

async function read(pieces: AsyncIterable<string>): Promise<string[]> {
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

  test('lets no name run as a formula', async ({ db }) => {
    await insertSpendWorld(db);
    const context = createTestContext(db, { now: spendWorldNow });
    const [, ...lines] = await read(
      (await exportSpend(context, days('2026-11-19', '2026-11-19', 'key'))).pieces,
    );
    expect(lines).toHaveLength(18);
    expect(lines.every((line) => line.startsWith("2026-11-19,'=external-"))).toBe(true);
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
