import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { deliveries } from '@/lib/db/schema';
import { actorOf, createTestClock, createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertUser } from '@/lib/testing/factories';
import { tell } from '@/lib/testing/webhooks';
import { updatePreferences } from '../people/update-preferences';
import { countUnread, listNotifications } from './list-notifications';
import { chooseMail, getMailChoices } from './mail-choices';
import { markAllRead, markRead } from './mark-read';

const clock = createTestClock('2026-10-15T08:00:00Z');

async function twoPeople(db: Database) {
  const [one, other] = [await insertUser(db, { role: 'lead' }), await insertUser(db, { role: 'finance' })];
  const asOne = createTestContext(db, { actor: actorOf(one), now: clock.now });
  const asOther = createTestContext(db, { actor: actorOf(other), now: clock.now });
  for (let step = 0; step < 3; step += 1) {
    clock.set(`2026-10-15T08:0${step}:00Z`);
    await tell(asOne, { to: [one.id, other.id], dedupeKey: `request:${step}`, title: `Step ${step}` });
  }
  return { asOne, asOther, one };
}

const all = { isUnreadOnly: false, limit: 50 };

describe('one’s own notifications', () => {
  test('come newest first, and no one else’s among them', async ({ db }) => {
    const { asOne } = await twoPeople(db);
    const { items, unread, hasOlder } = await listNotifications(asOne, { ...all, limit: 2 });
    expect([items.map(({ title }) => title), unread, hasOlder]).toEqual([['Step 2', 'Step 1'], 3, true]);
  });

  test('are marked read one by one; someone else’s stay as they are', async ({ db }) => {
    const { asOne, asOther } = await twoPeople(db);
    const [newest] = (await listNotifications(asOne, all)).items;
    const id = newest?.id ?? '';
    expect(await markRead(asOther, { ids: [id] })).toEqual({ unread: 3 });
    expect(await countUnread(asOne)).toEqual({ unread: 3 });
    expect(await markRead(asOne, { ids: [id] })).toEqual({ unread: 2 });
    const left = await listNotifications(asOne, { ...all, isUnreadOnly: true });
    expect(left.items.map(({ title }) => title)).toEqual(['Step 1', 'Step 0']);
  });

  test('are all marked read, but not what came after one looked', async ({ db }) => {
    const { asOne, asOther } = await twoPeople(db);
    expect(await markAllRead(asOne, { until: '2026-10-15T08:01:00.000Z' })).toEqual({ unread: 1 });
    expect(await countUnread(asOther)).toEqual({ unread: 3 });
  });

  test('are nobody’s for a job', async ({ db }) => {
    const system = createTestContext(db);
    await expect(listNotifications(system, all)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(markAllRead(system, { until: clock.now().toISOString() })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('what comes by email too', () => {
  test('is chosen per topic, and other preferences stay', async ({ db }) => {
    const { asOne, one } = await twoPeople(db);
    await updatePreferences(asOne, { table: 'keys', preference: { order: [], hidden: ['spend'] } });
    await chooseMail(asOne, { topic: 'request.asked', isMailed: false });
    await chooseMail(asOne, { topic: 'request.commented', isMailed: true });
    const { topics, email, isMailSet } = await getMailChoices(asOne);
    expect([email, isMailSet]).toEqual([one.email, true]);
    const mailed = topics.filter(({ isMailed }) => isMailed).map(({ topic }) => topic);
    expect(mailed).toContain('request.commented');
    expect(mailed).not.toContain('request.asked');
    const before = await db.$count(deliveries);
    await tell(asOne, { to: [one.id], dedupeKey: 'later' });
    expect(await db.$count(deliveries)).toBe(before);
    await updatePreferences(asOne, { table: 'keys', preference: { order: [], hidden: [] } });
    expect((await getMailChoices(asOne)).topics.find(({ topic }) => topic === 'request.asked')).toMatchObject(
      {
        isMailed: false,
      },
    );
  });

  test('offers topics for admins to admins alone, and says when no mail is set', async ({ db }) => {
    const { asOne } = await twoPeople(db);
    const admin = createTestContext(db, {
      actor: actorOf(await insertUser(db)),
      messaging: { publicUrl: 'https://k.example', mail: null },
    });
    const names = async (context: typeof admin) =>
      (await getMailChoices(context)).topics.map(({ topic }) => topic);
    expect(await names(asOne)).not.toContain('delivery.failed');
    expect(await names(admin)).toContain('delivery.failed');
    expect((await getMailChoices(admin)).isMailSet).toBe(false);
  });
});
