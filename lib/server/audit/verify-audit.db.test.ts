import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditEvents, auditHead } from '@/lib/db/schema';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { withTransaction } from '../context';
import { type AuditEntry, appendAudit, auditHash } from './append-audit';
import { verifyAudit } from './verify-audit';

async function setUp(db: Database, count = 5) {
  const actor = testActor('admin');
  const context = createTestContext(db, { actor, now: new Date('2026-11-20T08:00:00.123Z') });
  const append = (entry: Partial<AuditEntry> = {}) =>
    withTransaction(context, (tx) =>
      appendAudit(tx, context, {
        action: 'team.update',
        subjectKind: 'team',
        subjectId: 7,
        subjectName: 'Payments',
        before: { name: 'Payment', costCentre: null },
        after: { name: 'Payments', costCentre: 'CC-1' },
        reason: 'a reason',
        outcome: 'done',
        ...entry,
      }),
    );
  for (let index = 0; index < count; index += 1) await append();
  const verify = () => verifyAudit(context);
  return { actor, context, append, verify };
}

describe('verifying the audit chain', () => {
  test('an empty chain is whole', async ({ db }) => {
    const { verify } = await setUp(db, 0);
    expect(await verify()).toMatchObject({ verifiedTo: 0, head: 0, fault: null });
  });

  test('verifies rows as they were written, to the newest', async ({ db }) => {
    const { verify } = await setUp(db);
    expect(await verify()).toMatchObject({
      verifiedTo: 5,
      head: 5,
      fault: null,
      checkedAt: '2026-11-20T08:00:00.123Z',
    });
  });

  test('recomputes whatever a row may hold after the database has stored it its own way', async ({ db }) => {
    const { append, verify } = await setUp(db, 0);
    for (const after of [
      { zebra: 1, apple: { ä: 2, Z: 3, a: 4 }, list: [{ y: 1, x: 2 }, null, 'x'] },
      { '10': 'ten', '9': 'nine', amount: '12.50', ratio: 0.1, large: 12_345_678_901 },
      { gone: undefined, empty: {}, none: [], text: 'quote " slash \\ line\n tab\t “unicode” 🔑' },
      { at: new Date('2026-11-20T08:00:00.120Z'), nested: { at: new Date(0) } },
      { minus: -0, tiny: 1e-7, huge: 1e21, flag: false },
      'plain text',
      '123',
      42,
      true,
      ['only', 'a', 'list'],
    ]) {
      await append({ after });
      expect((await verify()).fault, JSON.stringify(after)).toBe(null);
    }
  });

  test('walks more rows than one chunk holds', async ({ db }) => {
    const { context } = await setUp(db, 0);
    await withTransaction(context, async (tx) => {
      for (let index = 0; index < 2_100; index += 1) {
        await appendAudit(tx, context, { action: 'team.create', subjectKind: 'team', outcome: 'done' });
      }
    });
    expect(await verifyAudit(context)).toMatchObject({ verifiedTo: 2_100, fault: null });
  });

  test.for([
    ['its reason', { reason: 'another reason' }],
    ['who did it', { actorName: 'Someone else' }],
    ['its moment', { at: new Date('2026-11-20T08:00:00.124Z') }],
    ['what it recorded', { after: { name: 'Payments', costCentre: 'CC-2' } }],
    ['its outcome', { outcome: 'refused' }],
    ['its hash', { hash: Buffer.alloc(32, 1) }],
  ] as const)('names a row that was edited: %s', async ([, change], { db }) => {
    const { verify } = await setUp(db);
    await db.update(auditEvents).set(change).where(eq(auditEvents.seq, 3));
    expect(await verify()).toMatchObject({ verifiedTo: 2, fault: { seq: 3, kind: 'content' } });
  });

  test('names a row whose moment was moved by less than a millisecond', async ({ db }) => {
    const { verify } = await setUp(db);
    await db.execute(sql`update audit_events set at = at + interval '1 microsecond' where seq = 2`);
    expect(await verify()).toMatchObject({ verifiedTo: 1, fault: { seq: 2, kind: 'content' } });
  });

  test('names the row after one that was rewritten together with its hash', async ({ db }) => {
    const { verify } = await setUp(db);
    const [row] = await db.select().from(auditEvents).where(eq(auditEvents.seq, 3));
    if (!row) throw new Error('there is no row');
    const { prevHash, hash: _, ...content } = { ...row, reason: 'forged' };
    const hash = auditHash(prevHash, { ...content, at: content.at.toISOString() });
    await db.update(auditEvents).set({ reason: 'forged', hash }).where(eq(auditEvents.seq, 3));
    expect(await verify()).toMatchObject({ verifiedTo: 3, fault: { seq: 4, kind: 'link' } });
  });

  test('names a row that was deleted', async ({ db }) => {
    const { verify } = await setUp(db);
    await db.delete(auditEvents).where(eq(auditEvents.seq, 2));
    expect(await verify()).toMatchObject({ verifiedTo: 1, fault: { seq: 2, kind: 'missing' } });
  });

  test('names the place of a deleted row even when the later ones were moved up', async ({ db }) => {
    const { verify } = await setUp(db);
    await db.delete(auditEvents).where(eq(auditEvents.seq, 2));
    for (const seq of [3, 4, 5])
      await db
        .update(auditEvents)
        .set({ seq: seq - 1 })
        .where(eq(auditEvents.seq, seq));
    expect(await verify()).toMatchObject({ verifiedTo: 1, fault: { seq: 2, kind: 'link' } });
  });

  test('names a row that was put in between', async ({ db }) => {
    const { verify } = await setUp(db);
    for (const seq of [5, 4, 3])
      await db
        .update(auditEvents)
        .set({ seq: seq + 1 })
        .where(eq(auditEvents.seq, seq));
    const [second] = await db.select().from(auditEvents).where(eq(auditEvents.seq, 2));
    if (!second) throw new Error('there is no row');
    const content = { ...second, seq: 3, reason: 'never happened' };
    const hash = auditHash(second.hash, { ...pickContent(content), at: content.at.toISOString() });
    await db.insert(auditEvents).values({ ...content, prevHash: second.hash, hash });
    expect(await verify()).toMatchObject({ verifiedTo: 3, fault: { seq: 4, kind: 'link' } });
  });

  test('names two rows that changed places', async ({ db }) => {
    const { append, verify } = await setUp(db, 1);
    await append({ reason: 'first' });
    await append({ reason: 'second' });
    for (const [from, to] of [
      [2, 99],
      [3, 2],
      [99, 3],
    ] as const)
      await db.update(auditEvents).set({ seq: to }).where(eq(auditEvents.seq, from));
    expect(await verify()).toMatchObject({ verifiedTo: 1, fault: { seq: 2, kind: 'link' } });
  });

  test('finds a cut tail by the head', async ({ db }) => {
    const { verify } = await setUp(db);
    await db.delete(auditEvents).where(sql`${auditEvents.seq} > 3`);
    expect(await verify()).toMatchObject({ verifiedTo: 3, head: 5, fault: { seq: 4, kind: 'missing' } });
  });

  test('finds a head that was set back with its old hash', async ({ db }) => {
    const { verify } = await setUp(db);
    await db.update(auditHead).set({ seq: 3 });
    expect(await verify()).toMatchObject({ verifiedTo: 3, fault: { seq: 3, kind: 'head' } });
  });

  test('finds a row behind the head', async ({ db }) => {
    const { verify } = await setUp(db);
    const [last] = await db.select().from(auditEvents).where(eq(auditEvents.seq, 5));
    if (!last) throw new Error('there is no row');
    const content = { ...last, seq: 6 };
    const hash = auditHash(last.hash, { ...pickContent(content), at: content.at.toISOString() });
    await db.insert(auditEvents).values({ ...content, prevHash: last.hash, hash });
    expect(await verify()).toMatchObject({ verifiedTo: 5, fault: { seq: 6, kind: 'beyond_head' } });
  });

  test('is not open to a lead', async ({ db }) => {
    const context = createTestContext(db, { actor: testActor('lead', [1]) });
    await expect(verifyAudit(context)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

function pickContent<Row extends { prevHash: Buffer; hash: Buffer }>({
  prevHash: _,
  hash: __,
  ...content
}: Row) {
  return content;
}
