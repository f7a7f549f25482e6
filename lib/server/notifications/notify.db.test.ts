import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { deliveries, notifications, webhooks } from '@/lib/db/schema';
import { createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { withTransaction } from '../context';
import { type Message, notify, toAdmins } from './notify';

const AT = new Date('2026-10-15T08:00:00Z');

async function tell(db: Database, message: Partial<Message> & { to: readonly string[] }, hasMail = true) {
  const mail = hasMail ? { smtpUrl: 'smtp://127.0.0.1:9', from: 'keyward@example.com' } : null;
  const context = createTestContext(db, { now: AT, messaging: { publicUrl: 'https://k.example', mail } });
  await withTransaction(context, (tx) =>
    notify(tx, context, {
      topic: 'request.asked',
      title: 'Ana asks for $400 a month',
      body: 'For the launch.',
      href: '/requests/1',
      dedupeKey: 'request:1:asked',
      ...message,
    }),
  );
}

async function insertWebhook(db: Database, values: Partial<typeof webhooks.$inferInsert> = {}) {
  const [row] = await db
    .insert(webhooks)
    .values({
      name: 'Chat',
      format: 'slack',
      sealedUrl: {},
      host: 'hooks.example.com',
      topics: ['request.asked'],
      createdAt: AT,
      ...values,
    })
    .returning();
  if (!row) throw new Error('the webhook was not stored');
  return row;
}

const channelsOf = async (db: Database) =>
  (await db.select().from(deliveries)).map(({ channel, userId, webhookId }) => [
    channel,
    userId ?? webhookId,
  ]);

describe('telling people', () => {
  test('each person once per step, in the console and by email, however often it is told', async ({ db }) => {
    const [one, two] = [await insertUser(db), await insertUser(db)];
    await tell(db, { to: [one.id, one.id] });
    await tell(db, { to: [one.id, two.id] });
    const rows = await db.select().from(notifications);
    expect(rows.map(({ userId }) => userId).sort()).toEqual([one.id, two.id].sort());
    expect(rows[0]).toMatchObject({ title: 'Ana asks for $400 a month', href: '/requests/1', readAt: null });
    expect(await channelsOf(db)).toEqual([
      ['email', one.id],
      ['email', two.id],
    ]);
    await tell(db, { to: [one.id], dedupeKey: 'request:1:approved' });
    expect(await db.$count(notifications, eq(notifications.userId, one.id))).toBe(2);
  });

  test('never someone who is disabled', async ({ db }) => {
    const gone = await insertUser(db, { isDisabled: true });
    await tell(db, { to: [gone.id] });
    expect(await db.$count(notifications)).toBe(0);
    expect(await db.$count(deliveries)).toBe(0);
    expect(await toAdmins(db)).toEqual([]);
  });

  test('by email as the person chose, else as the topic suggests', async ({ db }) => {
    const off = await insertUser(db, { preferences: { mail: { 'request.asked': false } } });
    const on = await insertUser(db, { preferences: { mail: { 'request.commented': true } } });
    await tell(db, { to: [off.id, on.id] });
    await tell(db, { to: [off.id, on.id], topic: 'request.commented', dedupeKey: 'request:1:comment:1' });
    expect(await channelsOf(db)).toEqual([
      ['email', on.id],
      ['email', on.id],
    ]);
    expect(await db.$count(notifications)).toBe(4);
  });

  test('in the console alone where no mail server is set', async ({ db }) => {
    const person = await insertUser(db);
    await tell(db, { to: [person.id] }, false);
    expect(await db.$count(notifications)).toBe(1);
    expect(await db.$count(deliveries)).toBe(0);
  });

  test('webhooks that listen, once each, even if nobody is to be told', async ({ db }) => {
    const listening = await insertWebhook(db);
    await insertWebhook(db, { topics: ['raise.ended'] });
    await insertWebhook(db, { isEnabled: false });
    await insertWebhook(db, { removedAt: AT });
    await tell(db, { to: [] });
    await tell(db, { to: [] });
    expect(await channelsOf(db)).toEqual([['webhook', listening.id]]);
    const [row] = await db.select().from(deliveries);
    expect(row).toMatchObject({
      state: 'waiting',
      attempts: 0,
      nextTryAt: AT,
      payload: { topic: 'request.asked', href: '/requests/1', at: AT.toISOString() },
    });
  });

  test('of nothing that did not happen: a rolled back step tells nobody', async ({ db }) => {
    const person = await insertUser(db);
    const context = createTestContext(db);
    const failing = withTransaction(context, async (tx) => {
      const message = { title: 'x', body: '', href: '/', dedupeKey: 'x', to: [person.id] };
      await notify(tx, context, { topic: 'request.applied', ...message });
      throw new Error('it did not happen');
    });
    await expect(failing).rejects.toThrow('it did not happen');
    expect(await db.$count(notifications)).toBe(0);
    expect(await db.$count(deliveries)).toBe(0);
  });
});
