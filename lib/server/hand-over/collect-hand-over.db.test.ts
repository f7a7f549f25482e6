import { randomBytes, randomUUID } from 'node:crypto';
import { asc, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, handOvers } from '@/lib/db/schema';
import { unknownLinkWords } from '@/lib/domain/hand-over/hand-over-state';
import { startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testActor } from '@/lib/testing/context';
import { testWithDatabase as it, testWithCommits } from '@/lib/testing/database';
import { handOverWish, handOverWorld, secretsAt } from '@/lib/testing/hand-over';
import { collectHandOver } from './collect-hand-over';
import { findPickUp } from './find-pick-up';
import { handOverNewKey } from './hand-over-new-key';
import { listHandOvers } from './list-hand-overs';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

const nobody = { viewer: null, address: '192.0.2.7' };
const wrongKey = () => randomBytes(32).toString('base64url');

async function auditOf(db: Database) {
  const rows = await db
    .select({ action: auditEvents.action, outcome: auditEvents.outcome, after: auditEvents.after })
    .from(auditEvents)
    .where(like(auditEvents.action, 'hand_over.%'))
    .orderBy(asc(auditEvents.seq));
  return rows.map(({ action, outcome, after }) => ({ action, outcome, after }));
}

const stored = async (db: Database, id: string) =>
  (await db.select().from(handOvers).where(eq(handOvers.id, id)))[0];

describe('handing a new key over', () => {
  it('seals the secret and answers a link key, never the secret', async ({ db }) => {
    const { admin, connectionId, sender } = await handOverWorld(db, 'openrouter', emulator);
    const made = await handOverNewKey(admin, handOverWish(connectionId, {}, { name: 'sealed-one' }));
    const [secret = ''] = await secretsAt(emulator, 'sealed-one');
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.stringify(made)).not.toContain(secret);
    expect(await stored(db, made.handOverId)).toMatchObject({
      keyId: made.keyId,
      sealed: expect.any(Buffer),
      senderId: sender.id,
      expiresAt: new Date('2026-11-21T10:00:00.000Z'),
    });
    expect(await auditOf(db)).toMatchObject([{ action: 'hand_over.create', outcome: 'done' }]);
  });

  it('is denied to those who create no keys, and to an unknown recipient before a key is made', async ({
    db,
  }) => {
    const { admin, connectionId } = await handOverWorld(db, 'openrouter', emulator);
    const wish = handOverWish(connectionId, { recipientId: randomUUID() }, { name: 'never-made' });
    for (const role of ['finance', 'lead'] as const) {
      const denied = handOverNewKey({ ...admin, actor: testActor(role, [1]) }, wish);
      await expect(denied).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(handOverNewKey(admin, wish)).rejects.toMatchObject({
      code: 'invalid',
      fieldErrors: { 'handOver.recipientId': expect.any(Array) },
    });
    expect(await secretsAt(emulator, 'never-made')).toEqual([]);
  });
});

describe('picking up', () => {
  it('looking at the page changes nothing, however often', async ({ db }) => {
    const { admin, system, connectionId } = await handOverWorld(db, 'openrouter', emulator);
    const { handOverId } = await handOverNewKey(admin, handOverWish(connectionId));
    const before = await stored(db, handOverId);
    const audited = await auditOf(db);
    for (let looks = 0; looks < 3; looks += 1) {
      expect(await findPickUp(system, { handOverId, viewer: null })).toMatchObject({
        state: 'waiting',
        access: 'open',
        senderName: 'Ada Sender',
        keyName: 'release-notes',
        providerName: 'OpenRouter',
        expiresAt: '2026-11-21T10:00:00.000Z',
      });
    }
    expect(await stored(db, handOverId)).toEqual(before);
    expect(await auditOf(db)).toEqual(audited);
    expect(await findPickUp(system, { handOverId: randomUUID(), viewer: null })).toBeNull();
    expect(await findPickUp(system, { handOverId: 'no id', viewer: null })).toBeNull();
  });

  it('gives the secret once and wipes it', async ({ db }) => {
    const { admin, system, connectionId } = await handOverWorld(db, 'openrouter', emulator);
    const wish = handOverWish(connectionId, {}, { name: 'given-once' });
    const { handOverId, linkKey } = await handOverNewKey(admin, wish);
    const given = await collectHandOver(system, { handOverId, linkKey, ...nobody });
    expect(given).toEqual({ keyName: 'given-once', secret: (await secretsAt(emulator, 'given-once'))[0] });
    expect(await stored(db, handOverId)).toMatchObject({
      sealed: null,
      collectedAt: new Date('2026-11-20T10:00:00.000Z'),
      collectedBy: null,
    });
    const again = collectHandOver(system, { handOverId, linkKey, ...nobody });
    await expect(again).rejects.toMatchObject({ code: 'conflict', facts: { state: 'collected' } });
    expect((await auditOf(db)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'hand_over.create done',
      'hand_over.collect done',
      'hand_over.refuse denied',
    ]);
    expect(await listHandOvers(admin)).toMatchObject([
      { state: 'collected', collectedByName: null, isKeyStillOpen: false },
    ]);
  });

  it('says the same of a wrong key and of an unknown link, and keeps the secret', async ({ db }) => {
    const { admin, system, connectionId } = await handOverWorld(db, 'openrouter', emulator);
    const { handOverId, linkKey } = await handOverNewKey(admin, handOverWish(connectionId));
    const words = { code: 'not_found', message: `${unknownLinkWords.title}. ${unknownLinkWords.text}` };
    const wrong = collectHandOver(system, { handOverId, linkKey: wrongKey(), ...nobody });
    await expect(wrong).rejects.toMatchObject(words);
    const unknown = collectHandOver(system, { handOverId: randomUUID(), linkKey, ...nobody });
    await expect(unknown).rejects.toMatchObject(words);
    expect((await stored(db, handOverId))?.sealed).not.toBeNull();
    expect(await auditOf(db)).toMatchObject([
      { action: 'hand_over.create' },
      { action: 'hand_over.refuse', after: { cause: 'wrong_key', address: '192.0.2.7' } },
    ]);
  });

  it('slows wrong tries down, and never the right one', async ({ db }) => {
    const { admin, system, connectionId } = await handOverWorld(db, 'openrouter', emulator);
    const { handOverId, linkKey } = await handOverNewKey(admin, handOverWish(connectionId));
    const guess = () => collectHandOver(system, { handOverId, linkKey: wrongKey(), ...nobody });
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(guess()).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(guess()).rejects.toMatchObject({ code: 'throttled' });
    const refused = (await auditOf(db)).filter(({ action }) => action === 'hand_over.refuse');
    expect(refused).toHaveLength(5);
    expect((await collectHandOver(system, { handOverId, linkKey, ...nobody })).secret).toMatch(/^sk-or-/);
  });

  it('is over at the very moment of its end', async ({ db }) => {
    const { admin, system, connectionId, clock } = await handOverWorld(db, 'openrouter', emulator);
    const { handOverId, linkKey } = await handOverNewKey(
      admin,
      handOverWish(connectionId, { lifetimeHours: 1 }),
    );
    clock.set('2026-11-20T11:00:00.000Z');
    const late = collectHandOver(system, { handOverId, linkKey, ...nobody });
    await expect(late).rejects.toMatchObject({ code: 'conflict', facts: { state: 'expired' } });
    clock.set('2026-11-20T10:59:59.999Z');
    expect((await collectHandOver(system, { handOverId, linkKey, ...nobody })).secret).toMatch(/^sk-or-/);
  });

  it('asks for a sign-in where the sender wanted one, and notes who it was', async ({ db }) => {
    const { admin, system, connectionId, recipient } = await handOverWorld(db, 'openrouter', emulator);
    const wish = handOverWish(connectionId, { isSignInNeeded: true });
    const { handOverId, linkKey } = await handOverNewKey(admin, wish);
    expect(await findPickUp(system, { handOverId, viewer: null })).toMatchObject({ access: 'sign_in' });
    const anonymous = collectHandOver(system, { handOverId, linkKey, ...nobody });
    await expect(anonymous).rejects.toMatchObject({ code: 'signed_out' });
    await collectHandOver(system, { handOverId, linkKey, viewer: recipient, address: null });
    expect(await listHandOvers(admin)).toMatchObject([{ collectedByName: 'Rui Recipient' }]);
    const [last] = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'hand_over.collect'))
      .orderBy(asc(auditEvents.seq));
    expect(last?.actorId).toBe(recipient.id);
  });

  it('opens for the named person alone, who must sign in', async ({ db }) => {
    const { admin, system, connectionId, sender, recipient } = await handOverWorld(
      db,
      'openrouter',
      emulator,
    );
    const wish = handOverWish(connectionId, { recipientId: recipient.id });
    const { handOverId, linkKey } = await handOverNewKey(admin, wish);
    const take = (viewer: typeof sender | null) =>
      collectHandOver(system, { handOverId, linkKey, viewer, address: null });
    await expect(take(null)).rejects.toMatchObject({ code: 'signed_out' });
    await expect(take(sender)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await findPickUp(system, { handOverId, viewer: sender })).toMatchObject({
      access: 'other_person',
    });
    expect((await stored(db, handOverId))?.sealed).not.toBeNull();
    expect((await take(recipient)).secret).toMatch(/^sk-or-/);
  });

  it('gives nothing when the box was moved from another row, and keeps it', async ({ db }) => {
    const { admin, system, connectionId } = await handOverWorld(db, 'openrouter', emulator);
    const one = await handOverNewKey(admin, handOverWish(connectionId));
    const other = await handOverNewKey(admin, handOverWish(connectionId));
    const box = (await stored(db, other.handOverId))?.sealed ?? null;
    await db.update(handOvers).set({ sealed: box }).where(eq(handOvers.id, one.handOverId));
    const { handOverId, linkKey } = one;
    const attempt = collectHandOver(system, { handOverId, linkKey, ...nobody });
    await expect(attempt).rejects.toMatchObject({ code: 'internal' });
    expect(await stored(db, handOverId)).toMatchObject({ collectedAt: null, sealed: expect.any(Buffer) });
  });
});

describe('two clicks at once', () => {
  testWithCommits('exactly one gets the secret', async ({ db }) => {
    const { admin, system, connectionId } = await handOverWorld(db, 'openrouter', emulator);
    for (let round = 0; round < 5; round += 1) {
      const { handOverId, linkKey } = await handOverNewKey(admin, handOverWish(connectionId));
      const clicks = await Promise.allSettled(
        [1, 2, 3].map(() => collectHandOver(system, { handOverId, linkKey, ...nobody })),
      );
      expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const click of clicks) {
        if (click.status === 'rejected') expect(click.reason).toMatchObject({ code: 'conflict' });
      }
    }
  });
});
