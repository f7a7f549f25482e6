import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEvents, rotations, usageDays, usageFacts } from '@/lib/db/schema';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { usd, ZERO_USD } from '@/lib/domain/money/usd';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as it } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, insertUser, utcDay } from '@/lib/testing/factories';
import { getKeyDetail } from '../keys/get-key-detail';
import { getKeysTable } from '../keys/get-keys-table';
import { getKeyRotation } from './get-key-rotation';
import { getLineUsage } from './get-line-usage';
import { getRotationPolicy, updateRotationPolicy } from './rotation-policy';

const now = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe('the policy of what is due', () => {
  it('marks keys from their age on, told or seen, unless they are being rotated or have left', async ({
    db,
  }) => {
    const { id: connectionId } = await insertConnection(db);
    const key = (name: string, values: Partial<Parameters<typeof insertKey>[1]> = {}) =>
      insertKey(db, { connectionId, name, firstSeenAt: daysAgo(10), ...values });
    await key('young', { providerCreatedAt: daysAgo(89) });
    await key('just old enough', { providerCreatedAt: daysAgo(90) });
    await key('seen long ago', { firstSeenAt: daysAgo(200) });
    await key('deleted', { providerCreatedAt: daysAgo(200), deletedAt: now });
    await key('gone', { providerCreatedAt: daysAgo(200), goneAt: now });
    await key('to be deleted', { providerCreatedAt: daysAgo(200), deleteAfter: now });
    const old = await key('being rotated', { providerCreatedAt: daysAgo(200) });
    const made = await key('taking over', { succeedsKeyId: old.id, firstSeenAt: daysAgo(200) });
    await db
      .insert(rotations)
      .values({ oldKeyId: old.id, newKeyId: made.id, state: 'watching', quietHours: 24, startedAt: now });
    const admin = createTestContext(db, { now, actor: actorOf(await insertUser(db)) });
    const due = async () =>
      decodeKeysTable(await getKeysTable(admin)).flatMap((row) => (row.isDueForRotation ? [row.name] : []));
    expect(await getRotationPolicy(admin)).toEqual({ dueDays: null });
    expect(await due()).toEqual([]);
    await updateRotationPolicy(admin, { dueDays: 90 });
    expect(await getRotationPolicy(admin)).toEqual({ dueDays: 90 });
    expect(await due()).toEqual(['just old enough', 'seen long ago']);
    const rows = decodeKeysTable(await getKeysTable(admin));
    expect(rows.filter(({ isBeingRetired }) => isBeingRetired).map(({ name }) => name)).toEqual([
      'being rotated',
    ]);
    expect(rows.find(({ name }) => name === 'taking over')?.tookOverFrom).toBe('being rotated');
    await updateRotationPolicy(admin, { dueDays: null });
    expect(await due()).toEqual([]);
    const told = await db.select().from(auditEvents).where(eq(auditEvents.action, 'setting.rotation_policy'));
    expect(told.map(({ before, after }) => [before, after])).toEqual([
      [{ dueDays: null }, { dueDays: 90 }],
      [{ dueDays: 90 }, { dueDays: null }],
    ]);
  });
});

describe('a line of succession', () => {
  it('is one history of use and of changes', async ({ db }) => {
    const { id: connectionId } = await insertConnection(db);
    const old = await insertKey(db, { connectionId, name: 'bot', deletedAt: now });
    const made = await insertKey(db, { connectionId, name: 'bot (2)', succeedsKeyId: old.id });
    const [monday, tuesday] = [utcDay('2026-11-16'), utcDay('2026-11-17')];
    const fact = (keyId: number, day: typeof monday, requests: number, spend: string) => ({
      connectionId,
      keyId,
      day,
      requests,
      spend: usd(spend),
      modelId: 0,
      teamId: 0,
      promptTokens: 0,
      completionTokens: 0,
      reasoningTokens: 0,
      byokSpend: ZERO_USD,
      source: 'analytics' as const,
      fetchedAt: now,
    });
    await db
      .insert(usageFacts)
      .values([
        fact(old.id, monday, 5, '1.5'),
        fact(old.id, tuesday, 1, '0.25'),
        fact(made.id, tuesday, 4, '2'),
      ]);
    await db
      .insert(usageDays)
      .values(
        [monday, tuesday].map((day) => ({ connectionId, day, state: 'complete' as const, fetchedAt: now })),
      );
    const admin = createTestContext(db, { now, actor: testActor('admin') });
    const range = { from: monday, to: utcDay('2026-11-18') };
    for (const keyId of [old.id, made.id]) {
      const usage = await getLineUsage(admin, { keyId, ...range });
      expect(usage).toMatchObject({ spendTotal: '3.75', requestTotal: 10 });
      expect(usage.spend).toEqual([
        { label: 'bot (2)', values: [0, 2, 0] },
        { label: 'bot', values: [1.5, 0.25, 0] },
      ]);
      expect(usage.days.map(({ state }) => state)).toEqual(['complete', 'complete', 'missing']);
    }
    expect((await getKeyDetail(admin, { keyId: made.id })).changes).toEqual([]);
  });

  it('shows a lead the keys of their teams only', async ({ db }) => {
    const { id: connectionId } = await insertConnection(db);
    const [own, other] = [await insertTeam(db), await insertTeam(db)];
    const old = await insertKey(db, { connectionId, teamId: other.id });
    const made = await insertKey(db, { connectionId, teamId: own.id, succeedsKeyId: old.id });
    const lead = createTestContext(db, { now, actor: testActor('lead', [own.id]) });
    expect((await getKeyRotation(lead, { keyId: made.id })).line.map(({ id }) => id)).toEqual([made.id]);
    await expect(getKeyRotation(lead, { keyId: old.id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      getLineUsage(lead, { keyId: old.id, from: utcDay('2026-11-16'), to: utcDay('2026-11-17') }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    const [row] = decodeKeysTable(await getKeysTable(lead));
    expect(row).toMatchObject({ id: made.id, tookOverFrom: null });
  });
});
