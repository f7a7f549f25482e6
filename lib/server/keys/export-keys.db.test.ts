import { desc } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, usageByKeyMonth } from '@/lib/db/schema';
import { NO_FILTERS } from '@/lib/domain/keys/key-filters';
import { DEFAULT_KEY_SORT } from '@/lib/domain/keys/key-sort';
import { usd } from '@/lib/domain/money/usd';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, utcDay } from '@/lib/testing/factories';
import type { ServerContext } from '../context';
import { exportKeys } from './export-keys';

const now = new Date('2026-11-20T12:00:00Z');
const everything = { filters: NO_FILTERS, sort: DEFAULT_KEY_SORT };

async function setUp(db: Database) {
  const team = await insertTeam(db, { name: 'Support' });
  const connection = await insertConnection(db, { name: 'OpenRouter' });
  const costly = await insertKey(db, {
    connectionId: connection.id,
    name: 'triage, "prod"',
    teamId: team.id,
    limitKind: 'capped',
    limitAmount: usd(300),
    limitPeriod: 'monthly',
  });
  const tricky = await insertKey(db, { connectionId: connection.id, name: '=cmd()', isDisabled: true });
  await insertKey(db, { connectionId: connection.id, name: 'gone', goneAt: now });
  await db.insert(usageByKeyMonth).values({
    month: utcDay('2026-11-01'),
    keyId: costly.id,
    teamId: team.id,
    connectionId: connection.id,
    requests: 1,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    spend: usd('268.10000000000005'),
    byokSpend: usd(0),
  });
  return { team, costly, tricky };
}

async function linesOf(context: ServerContext, input = everything): Promise<string[]> {
  const { pieces } = await exportKeys(context, input);
  return [...pieces].join('').trimEnd().split('\r\n');
}

describe('exporting keys', () => {
  test('writes exactly what is filtered, in its order, exact and harmless', async ({ db }) => {
    const { costly, tricky } = await setUp(db);
    const context = createTestContext(db, { now, actor: testActor('finance') });
    const [heading, ...lines] = await linesOf(context);
    expect(heading).toMatch(/^key_id,name,masked_label,provider,connection,/);
    expect(heading).toContain(',spend_2026_11_usd,');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(new RegExp(`^${costly.id},"triage, ""prod""",,OpenRouter,OpenRouter,,Support,`));
    expect(lines[0]).toContain(',active,268.10000000000005,capped,300,monthly,');
    expect(lines[1]).toMatch(new RegExp(`^${tricky.id},'=cmd\\(\\),`));
    const disabled = await linesOf(context, {
      ...everything,
      filters: { ...NO_FILTERS, status: ['disabled'] },
    });
    expect(disabled).toHaveLength(2);
  });

  test('stands in the audit log with its filters and how many keys left', async ({ db }) => {
    await setUp(db);
    const context = createTestContext(db, { now });
    await exportKeys(context, { ...everything, filters: { ...NO_FILTERS, owners: ['none'], q: 'triage' } });
    const [row] = await db.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
    expect(row).toMatchObject({
      action: 'keys.export',
      subjectKind: 'export',
      outcome: 'done',
      after: { keys: 1, filters: { owner: 'none', q: 'triage' } },
    });
  });

  test('holds for a lead only the keys of their teams', async ({ db }) => {
    const { team, costly } = await setUp(db);
    const lead = createTestContext(db, { now, actor: testActor('lead', [team.id]) });
    const [, ...lines] = await linesOf(lead, { ...everything, filters: { ...NO_FILTERS, status: 'all' } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${costly.id},`));
  });

  test('comes in pieces, so that a long table is never one string', async ({ db }) => {
    const connection = await insertConnection(db);
    for (let at = 0; at < 501; at += 1) await insertKey(db, { connectionId: connection.id });
    const { pieces, filename } = await exportKeys(createTestContext(db, { now }), everything);
    expect([...pieces]).toHaveLength(3);
    expect(filename).toBe('keyward-keys-2026-11-20.csv');
  });
});
