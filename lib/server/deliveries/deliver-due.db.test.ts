import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { deliveries, notifications, users, webhooks } from '@/lib/db/schema';
import { MAX_ATTEMPTS } from '@/lib/domain/notifications/delivery';
import { topics } from '@/lib/domain/notifications/topic';
import { type MailCatcher, startMailCatcher } from '@/lib/emulators/mail/index';
import { actorOf, createTestClock } from '@/lib/testing/context';
import { testWithDatabase as test, testWithCommits } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { contextWithMail, onlyDelivery, tell } from '@/lib/testing/webhooks';
import type { ServerContext } from '../context';
import { createWebhook } from '../webhooks/create-webhook';
import { removeWebhook, setWebhookEnabled } from '../webhooks/update-webhook';
import { deliverDue } from './deliver-due';
import { pruneMessages } from './prune-messages';
import { sendAgain } from './send-again';

let catcher: MailCatcher;
beforeAll(async () => {
  catcher = await startMailCatcher();
});
beforeEach(() => {
  catcher.inbox.clear();
  catcher.inbox.mailFault = null;
  catcher.inbox.setAnswer('mine', null);
});
afterAll(() => catcher.close());

const START = '2026-10-15T08:00:00Z';

async function setUp(db: Database, format: 'json' | 'slack' = 'json') {
  const clock = createTestClock(START);
  const system = contextWithMail(db, catcher, { now: clock.now });
  const admin = await insertUser(db, { preferences: { mail: { 'request.asked': false } } });
  const acting: ServerContext = { ...system, actor: actorOf(admin) };
  const hook = () =>
    createWebhook(acting, { name: 'Mine', url: `${catcher.url}/hooks/mine`, format, topics: [...topics] });
  return { clock, system, admin, acting, hook };
}

describe('an email', () => {
  test('reaches the person with text, HTML and a link to the page, and holds no key', async ({ db }) => {
    const { system } = await setUp(db);
    const person = await insertUser(db);
    await tell(system, { to: [person.id], body: 'The key is sk-or-v1-0123456789abcdef0123.' });
    expect(await deliverDue(system)).toEqual({ tried: 1 });
    const [mail] = catcher.inbox.mails;
    expect(mail).toMatchObject({
      to: [person.email],
      from: 'keyward@example.com',
      subject: 'Ana asks for $400 a month for search-prod',
      text: expect.stringContaining('https://keys.example.com/requests/1'),
      html: expect.stringContaining('href="https://keys.example.com/requests/1"'),
    });
    expect(mail?.source).not.toContain('0123456789abcdef');
    expect(await onlyDelivery(db)).toMatchObject({ state: 'delivered', attempts: 1, failure: null });
    expect(await deliverDue(system)).toEqual({ tried: 0 });
  });

  test('is tried again when the server is away, with the same id, and then delivered', async ({ db }) => {
    const { system, clock } = await setUp(db);
    const person = await insertUser(db);
    await tell(system, { to: [person.id] });
    const away = { ...system, messaging: { publicUrl: 'https://k.example', mail: unreachable } };
    await deliverDue(away);
    expect(await onlyDelivery(db)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      failure: 'The mail server could not be reached.',
      nextTryAt: new Date('2026-10-15T08:00:15Z'),
    });
    expect(await deliverDue(system)).toEqual({ tried: 0 });
    clock.set('2026-10-15T08:00:15Z');
    expect(await deliverDue(system)).toEqual({ tried: 1 });
    const row = await onlyDelivery(db);
    expect(row).toMatchObject({ state: 'delivered', attempts: 2, failure: null });
    expect(catcher.inbox.mails.map(({ messageId }) => messageId)).toEqual([`<${row.id}@keys.example.com>`]);
  });

  test('that the server refuses for good fails at once; for now, it waits', async ({ db }) => {
    const { system } = await setUp(db);
    const person = await insertUser(db, { role: 'lead' });
    catcher.inbox.mailFault = 450;
    await tell(system, { to: [person.id] });
    await deliverDue(system);
    expect(await onlyDelivery(db)).toMatchObject({ state: 'waiting', status: 450 });
    catcher.inbox.mailFault = 550;
    await db.update(deliveries).set({ nextTryAt: new Date(START) });
    await deliverDue(system);
    const rows = await db.select().from(deliveries).where(eq(deliveries.userId, person.id));
    expect(rows).toMatchObject([
      { state: 'failed', status: 550, failure: 'The mail server refused the mail (550).', nextTryAt: null },
    ]);
  });

  test('goes to nobody who was disabled meanwhile', async ({ db }) => {
    const { system } = await setUp(db);
    const person = await insertUser(db);
    await tell(system, { to: [person.id] });
    await db.update(users).set({ isDisabled: true }).where(eq(users.id, person.id));
    await deliverDue(system);
    expect(catcher.inbox.mails).toEqual([]);
    const rows = await db.select().from(deliveries).where(eq(deliveries.userId, person.id));
    expect(rows).toMatchObject([{ state: 'failed', failure: 'The person is not active any more.' }]);
  });
});

const unreachable = { smtpUrl: 'smtp://127.0.0.1:1', from: 'keyward@example.com' };

describe('a webhook', () => {
  test('is told with a signature over time stamp and body', async ({ db }) => {
    const { system, hook } = await setUp(db);
    const { secret } = await hook();
    await tell(system, { to: [] });
    await deliverDue(system);
    const [call] = catcher.inbox.calls;
    const row = await onlyDelivery(db);
    expect(row).toMatchObject({ state: 'delivered', status: 200 });
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      id: row.id,
      topic: 'request.asked',
      url: 'https://keys.example.com/requests/1',
    });
    const seconds = new Date(START).getTime() / 1_000;
    const mac = createHmac('sha256', secret ?? '')
      .update(`${seconds}.${call?.body}`)
      .digest('hex');
    expect(call?.headers).toMatchObject({
      'x-keyward-signature': `t=${seconds},v1=${mac}`,
      'x-keyward-delivery': row.id,
      'x-keyward-topic': 'request.asked',
    });
  });

  test('of Slack’s form gets a text with a link, and no signature', async ({ db }) => {
    const { system, hook } = await setUp(db, 'slack');
    expect((await hook()).secret).toBeNull();
    await tell(system, { to: [] });
    await deliverDue(system);
    const [call] = catcher.inbox.calls;
    expect(JSON.parse(call?.body ?? '')).toEqual({
      text: '*<https://keys.example.com/requests/1|Ana asks for $400 a month for search-prod>*\nFor the launch.',
    });
    expect(call?.headers['x-keyward-signature']).toBeUndefined();
  });

  test('that fails is tried so often, then given up, which admins are told once a day', async ({ db }) => {
    const { system, admin, hook } = await setUp(db);
    await hook();
    catcher.inbox.setAnswer('mine', { status: 500, text: 'no' });
    await tell(system, { to: [] });
    await tell(system, { to: [], dedupeKey: 'request:2:asked' });
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      await db
        .update(deliveries)
        .set({ nextTryAt: new Date(START) })
        .where(eq(deliveries.topic, 'request.asked'));
      await deliverDue(system);
    }
    const rows = await db.select().from(deliveries).where(eq(deliveries.topic, 'request.asked'));
    expect(rows.map(({ state, attempts, failure }) => [state, attempts, failure])).toEqual([
      ['failed', MAX_ATTEMPTS, 'The receiver answered 500.'],
      ['failed', MAX_ATTEMPTS, 'The receiver answered 500.'],
    ]);
    const told = await db.select().from(notifications);
    expect(told.map(({ userId, title }) => [userId, title])).toEqual([
      [admin.id, 'The webhook Mine was not told'],
    ]);
  });

  test('waits as long as it asks for, and is given up when it says that it is gone', async ({ db }) => {
    const { system, clock, hook } = await setUp(db);
    await hook();
    catcher.inbox.setAnswer('mine', { status: 429, text: '', headers: { 'retry-after': '90' } });
    await tell(system, { to: [] });
    await deliverDue(system);
    expect((await onlyDelivery(db)).nextTryAt).toEqual(new Date('2026-10-15T08:01:30Z'));
    catcher.inbox.setAnswer('mine', { status: 410, text: '' });
    clock.set('2026-10-15T08:01:30Z');
    await deliverDue(system);
    const [row] = await db.select().from(deliveries).where(eq(deliveries.topic, 'request.asked'));
    expect(row).toMatchObject({ state: 'failed', attempts: 2, status: 410 });
  });

  test('that redirects is not followed', async ({ db }) => {
    const { system, hook } = await setUp(db);
    await hook();
    const location = `${catcher.url}/hooks/elsewhere`;
    catcher.inbox.setAnswer('mine', { status: 307, text: '', headers: { location } });
    await tell(system, { to: [] });
    await deliverDue(system);
    expect(catcher.inbox.calls.map(({ name }) => name)).toEqual(['mine']);
    expect(await onlyDelivery(db)).toMatchObject({
      state: 'waiting',
      status: 307,
      failure: 'The receiver answered with a redirect, which is never followed.',
    });
  });

  test.for(['off', 'removed'] as const)('that is %s is not called any more', async (state, { db }) => {
    const { system, acting, hook } = await setUp(db);
    const { webhookId } = await hook();
    await tell(system, { to: [] });
    if (state === 'off') await setWebhookEnabled(acting, { webhookId, isEnabled: false });
    else await removeWebhook(acting, { webhookId });
    await deliverDue(system);
    expect(catcher.inbox.calls).toEqual([]);
    const [row] = await db.select().from(deliveries).where(eq(deliveries.webhookId, webhookId));
    expect(row).toMatchObject({ state: 'failed', attempts: 1 });
    expect(await db.$count(notifications)).toBe(0);
    const [stored] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId));
    if (state === 'removed') expect(stored).toMatchObject({ sealedUrl: {}, sealedSecret: null });
  });

  test('whose failed delivery is sent again gets the same event, with a signature of now', async ({ db }) => {
    const { system, acting, clock, hook } = await setUp(db);
    await hook();
    await tell(system, { to: [] });
    await deliverDue(system);
    clock.set('2026-10-16T08:00:00Z');
    const { id: deliveryId } = await onlyDelivery(db);
    await sendAgain(acting, { deliveryId });
    await deliverDue(system);
    const [first, second] = catcher.inbox.calls.map(({ body }) => JSON.parse(body));
    expect(second).toEqual({ ...first, id: expect.not.stringContaining(deliveryId) });
    const repeated = await db.select().from(deliveries).where(eq(deliveries.repeatsId, deliveryId));
    expect(repeated).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    const seconds = new Date('2026-10-16T08:00:00Z').getTime() / 1_000;
    expect(catcher.inbox.calls[1]?.headers['x-keyward-signature']).toMatch(`t=${seconds},`);
  });
});

describe('what is long over', () => {
  test('is forgotten after a year; what is unread or still to go out is not', async ({ db }) => {
    const { system, clock } = await setUp(db);
    const [one, two] = [await insertUser(db), await insertUser(db)];
    await tell(system, { to: [one.id, two.id] });
    await db
      .update(notifications)
      .set({ readAt: new Date(START) })
      .where(eq(notifications.userId, one.id));
    await db.update(deliveries).set({ state: 'failed' }).where(eq(deliveries.userId, one.id));
    clock.set('2027-10-15T08:00:00Z');
    await pruneMessages(system);
    expect(await db.$count(notifications)).toBe(2);
    clock.set('2027-10-15T08:00:01Z');
    await pruneMessages(system);
    expect((await db.select().from(notifications)).map(({ userId }) => userId)).toEqual([two.id]);
    expect(await onlyDelivery(db)).toMatchObject({ userId: two.id, state: 'waiting' });
  });
});

describe('several processes', () => {
  testWithCommits('deliver each once, and take up what a dead one left', async ({ db }) => {
    const { system, clock, hook } = await setUp(db);
    await hook();
    for (let step = 0; step < 12; step += 1) await tell(system, { to: [], dedupeKey: `request:${step}` });
    await Promise.all([deliverDue(system), deliverDue(system), deliverDue(system)]);
    await deliverDue(system);
    expect(new Set(catcher.inbox.calls.map(({ body }) => JSON.parse(body).id)).size).toBe(12);
    expect(catcher.inbox.calls).toHaveLength(12);
    await tell(system, { to: [], dedupeKey: 'left' });
    const claimedAt = new Date('2026-10-15T08:02:00Z');
    const waiting = eq(deliveries.state, 'waiting');
    await db.update(deliveries).set({ attempts: 1, nextTryAt: claimedAt }).where(waiting);
    expect(await deliverDue(system)).toEqual({ tried: 0 });
    clock.set('2026-10-15T08:02:00Z');
    expect(await deliverDue(system)).toEqual({ tried: 1 });
    expect(await db.$count(deliveries, eq(deliveries.state, 'delivered'))).toBe(13);
  });
});
