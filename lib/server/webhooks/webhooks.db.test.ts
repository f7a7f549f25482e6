import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { deliveries, webhooks } from '@/lib/db/schema';
import { type MailCatcher, startMailCatcher } from '@/lib/emulators/mail/index';
import { actorOf, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { countAudit, lastAudit } from '@/lib/testing/people';
import { contextWithMail, tell } from '@/lib/testing/webhooks';
import { createProviderGateway } from '../connections/provider-gateway';
import { deliverDue } from '../deliveries/deliver-due';
import { listDeliveries } from '../deliveries/list-deliveries';
import { sendAgain } from '../deliveries/send-again';
import { createWebhook } from './create-webhook';
import { listWebhooks } from './list-webhooks';
import { testWebhook } from './test-webhook';
import { removeWebhook, rotateWebhookSecret, setWebhookEnabled, updateWebhook } from './update-webhook';
import { openWebhook } from './webhook-secret';

let catcher: MailCatcher;
beforeAll(async () => {
  catcher = await startMailCatcher();
});
beforeEach(() => {
  catcher.inbox.clear();
  catcher.inbox.setAnswer('mine', null);
});
afterAll(() => catcher.close());

const input = () => ({
  name: 'Mine',
  url: `${catcher.url}/hooks/mine?token=hush-hush`,
  format: 'json' as const,
  topics: ['request.asked' as const],
});

async function asAdmin(db: Database) {
  const admin = await insertUser(db);
  return { admin, context: contextWithMail(db, catcher, { actor: actorOf(admin) }) };
}

async function storedRow(db: Database, webhookId: string) {
  const [row] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId));
  if (!row) throw new Error('the webhook is not there');
  return row;
}

describe('a webhook', () => {
  test('is stored with address and secret sealed, and neither is in a row, an answer or the audit log', async ({
    db,
  }) => {
    const { context, admin } = await asAdmin(db);
    const { webhookId, secret } = await createWebhook(context, input());
    const row = await storedRow(db, webhookId);
    expect(openWebhook(context.providers.masterKey, row)).toEqual({ url: input().url, secret });
    expect(secret).toMatch(/^whsec_[\w-]{43}$/);
    const audit = await lastAudit(db);
    expect(audit).toMatchObject({
      actorId: admin.id,
      action: 'webhook.create',
      subjectKind: 'webhook',
      subjectId: webhookId,
      subjectName: 'Mine',
      after: { format: 'json', host: new URL(catcher.url).host, topics: ['request.asked'] },
    });
    const seen = JSON.stringify([row, audit, await listWebhooks(context)]);
    expect(seen).not.toContain('hush-hush');
    expect(seen).not.toContain(secret);
  });

  test('whose sealed address is copied to another webhook does not open there', async ({ db }) => {
    const { context } = await asAdmin(db);
    const one = await createWebhook(context, input());
    const two = await createWebhook(context, { ...input(), name: 'Other' });
    const { sealedUrl } = await storedRow(db, one.webhookId);
    await db.update(webhooks).set({ sealedUrl }).where(eq(webhooks.id, two.webhookId));
    expect(await testWebhook(context, { webhookId: two.webhookId })).toMatchObject({ isDelivered: false });
    expect(catcher.inbox.calls).toEqual([]);
  });

  test('changes name and topics without its address, and its address with the secret kept', async ({
    db,
  }) => {
    const { context } = await asAdmin(db);
    const { webhookId, secret } = await createWebhook(context, input());
    await updateWebhook(context, { webhookId, name: 'New', topics: ['raise.ended'] });
    expect(await lastAudit(db)).toMatchObject({
      action: 'webhook.update',
      before: { name: 'Mine', topics: ['request.asked'] },
      after: { name: 'New', topics: ['raise.ended'], hasNewAddress: false },
    });
    const opened = async () => openWebhook(context.providers.masterKey, await storedRow(db, webhookId));
    expect(await opened()).toEqual({ url: input().url, secret });
    const url = `${catcher.url}/hooks/moved`;
    await updateWebhook(context, { webhookId, name: 'New', topics: ['raise.ended'], url });
    expect(await opened()).toEqual({ url, secret });
    const rotated = await rotateWebhookSecret(context, { webhookId });
    expect(rotated.secret).not.toBe(secret);
    expect((await opened()).secret).toBe(rotated.secret);
    expect((await lastAudit(db))?.action).toBe('webhook.rotate_secret');
  });

  test('is switched off and on, and removed, each with an audit row; twice changes nothing', async ({
    db,
  }) => {
    const { context } = await asAdmin(db);
    const { webhookId } = await createWebhook(context, input());
    await setWebhookEnabled(context, { webhookId, isEnabled: false });
    expect((await lastAudit(db))?.action).toBe('webhook.disable');
    const counted = await countAudit(db);
    await setWebhookEnabled(context, { webhookId, isEnabled: false });
    expect(await countAudit(db)).toBe(counted);
    await removeWebhook(context, { webhookId });
    expect((await lastAudit(db))?.action).toBe('webhook.remove');
    expect(await listWebhooks(context)).toEqual([]);
    await expect(testWebhook(context, { webhookId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeWebhook(context, { webhookId })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is tested with one click: the answer is told, and stands in the log', async ({ db }) => {
    const { context } = await asAdmin(db);
    const { webhookId } = await createWebhook(context, input());
    expect(await testWebhook(context, { webhookId })).toMatchObject({
      isDelivered: true,
      status: 200,
      answer: 'ok',
      failure: null,
    });
    catcher.inbox.setAnswer('mine', { status: 403, text: 'x'.repeat(2_000) });
    expect(await testWebhook(context, { webhookId })).toMatchObject({
      isDelivered: false,
      status: 403,
      answer: 'x'.repeat(500),
      failure: 'The receiver answered 403.',
    });
    expect(await lastAudit(db)).toMatchObject({ action: 'webhook.test', after: { status: 403 } });
    const { items } = await listDeliveries(context, { state: null, limit: 50 });
    expect(items.map(({ state, target }) => [state, target]).sort()).toEqual([
      ['delivered', 'Mine'],
      ['failed', 'Mine'],
    ]);
    expect((await listDeliveries(context, { state: 'failed', limit: 50 })).items).toHaveLength(1);
    const [view] = await listWebhooks(context);
    expect(view?.lastDelivery).not.toBeNull();
  });
});

describe('where a webhook leads', () => {
  /** Private targets are not allowed; each look-up gets the next address, the last one for good. */
  function strict(db: Database, ...addresses: string[]) {
    let asked = 0;
    return createProviderGateway({
      db,
      masterKey: Buffer.alloc(32),
      isPrivateAllowed: false,
      callsPerMinute: null,
      now: () => new Date(),
      resolve: async () => {
        const address = addresses[Math.min(asked, addresses.length - 1)] ?? '';
        asked += 1;
        return [{ address, family: address.includes(':') ? 6 : 4 }];
      },
    });
  }

  test.for([
    '127.0.0.1',
    '10.0.0.8',
    '169.254.169.254',
    '100.64.0.1',
    'fd00::8',
    '::ffff:10.0.0.8',
    '224.0.0.1',
  ])(
    'a name that leads to %s is refused beside its field, and nothing is stored',
    async (address, { db }) => {
      const actor = actorOf(await insertUser(db));
      const context = createTestContext(db, { actor, providers: strict(db, address) });
      const attempt = createWebhook(context, { ...input(), url: 'https://hooks.example.com/x' });
      await expect(attempt).rejects.toMatchObject({
        code: 'invalid',
        fieldErrors: { url: [expect.stringContaining('hooks.example.com leads to ')] },
      });
      expect(await db.$count(webhooks)).toBe(0);
      expect(await countAudit(db)).toBe(0);
    },
  );

  test('a name that turns private after it was saved is not called, and the log says why', async ({ db }) => {
    const admin = await insertUser(db);
    const { port } = new URL(catcher.url);
    const providers = strict(db, '8.8.8.8', '127.0.0.1');
    const context = createTestContext(db, { actor: actorOf(admin), providers });
    await createWebhook(context, { ...input(), url: `https://rebind.example.com:${port}/hooks/mine` });
    const system = createTestContext(db, { providers });
    await tell(system, { to: [] });
    await deliverDue(system);
    expect(catcher.inbox.calls).toEqual([]);
    const rows = await db.select().from(deliveries).where(eq(deliveries.channel, 'webhook'));
    expect(rows).toMatchObject([
      { state: 'waiting', failure: expect.stringContaining('rebind.example.com leads to this machine') },
    ]);
  });
});

describe('what only admins may', () => {
  const webhookId = '00000000-0000-4000-8000-000000000001';
  const acts = {
    createWebhook: (context: ReturnType<typeof createTestContext>) => createWebhook(context, input()),
    listWebhooks,
    testWebhook: (context: ReturnType<typeof createTestContext>) => testWebhook(context, { webhookId }),
    removeWebhook: (context: ReturnType<typeof createTestContext>) => removeWebhook(context, { webhookId }),
    listDeliveries: (context: ReturnType<typeof createTestContext>) =>
      listDeliveries(context, { state: null, limit: 1 }),
    sendAgain: (context: ReturnType<typeof createTestContext>) =>
      sendAgain(context, { deliveryId: webhookId }),
  };
  const cells = Object.entries(acts).flatMap(([name, act]) =>
    (['finance', 'lead'] as const).map((role) => ({ name, act, role })),
  );

  test.for(cells)('$name is denied to $role', async ({ act, role }, { db }) => {
    const context = createTestContext(db, { actor: testActor(role) });
    await expect(act(context)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('sending again leaves an audit row', async ({ db }) => {
    const { context } = await asAdmin(db);
    const { webhookId: id } = await createWebhook(context, input());
    await testWebhook(context, { webhookId: id });
    const { items } = await listDeliveries(context, { state: null, limit: 1 });
    await sendAgain(context, { deliveryId: items[0]?.id ?? '' });
    expect(await lastAudit(db)).toMatchObject({ action: 'delivery.send_again', subjectId: id });
    await expect(sendAgain(context, { deliveryId: webhookId })).rejects.toMatchObject({ code: 'not_found' });
  });
});
