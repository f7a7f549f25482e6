import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { auditAnchors, auditEvents, auditHead, incidents } from '@/lib/db/schema';
import { createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { withTransaction } from '../context';
import { anchorAudit } from './anchor-audit';
import { appendAnchor, readAnchorFile } from './anchor-file';
import { appendAudit, auditHash } from './append-audit';
import { checkAnchors } from './check-anchors';
import { verifyAudit } from './verify-audit';
import { verifyWithAnchors } from './verify-with-anchors';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-anchors-'));
  file = join(folder, 'anchors', 'audit-anchors.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

function setUp(db: Database) {
  const context = createTestContext(db, { now: new Date('2026-11-20T08:00:00Z') });
  const append = async (count = 1, reason = '') => {
    for (let index = 0; index < count; index += 1) {
      await withTransaction(context, (tx) =>
        appendAudit(tx, context, { action: 'team.update', subjectKind: 'team', outcome: 'done', reason }),
      );
    }
  };
  const anchor = (url: string | null = null) => anchorAudit(context, { file, url });
  const check = async () => (await checkAnchors(db, (await readAnchorFile(file)).anchors)).fault;
  return { context, append, anchor, check };
}

/** Cuts rows off and sets the head back, so that the chain itself looks whole. */
async function cutTo(db: Database, seq: number): Promise<void> {
  const [row] = await db.select().from(auditEvents).where(eq(auditEvents.seq, seq));
  await db.delete(auditEvents).where(sql`${auditEvents.seq} > ${seq}`);
  await db.update(auditHead).set({ seq, hash: row?.hash ?? Buffer.alloc(32) });
  await db.delete(auditAnchors);
}

async function listenFor(answer: () => number) {
  const bodies: unknown[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      bodies.push(JSON.parse(text));
      response.writeHead(answer(), { location: 'http://127.0.0.1:9/' }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((done) => server.close(done));
  return { url: `http://127.0.0.1:${port}/anchors`, bodies, close };
}

describe('anchoring the audit chain', () => {
  test('writes where the chain stands, once for each place, for its owner alone', async ({ db }) => {
    const { append, anchor, check } = setUp(db);
    expect(await anchor()).toEqual({ seq: 0, file: 'unchanged', webhook: 'off' });
    await append(2);
    expect((await anchor()).file).toBe('written');
    expect((await anchor()).file).toBe('unchanged');
    await append(1);
    expect((await anchor()).file).toBe('written');
    const { anchors, unreadable } = await readAnchorFile(file);
    const [, , last] = await db.select().from(auditEvents).orderBy(auditEvents.seq);
    expect(anchors.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(anchors[1]).toEqual({
      kind: 'anchor',
      seq: 3,
      hash: last?.hash.toString('hex'),
      at: '2026-11-20T08:00:00.000Z',
    });
    expect(unreadable).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await db.$count(auditAnchors)).toBe(2);
    expect(await check()).toBe(null);
  });

  test('finds a tail that was cut below an anchor, where the chain alone looks whole', async ({ db }) => {
    const { context, append, anchor, check } = setUp(db);
    await append(5);
    await anchor();
    await cutTo(db, 3);
    expect((await verifyAudit(context)).fault).toBe(null);
    expect(await check()).toMatchObject({ seq: 4, kind: 'cut', anchor: { seq: 5 } });
    const report = { verifiedTo: 3, fault: { seq: 4, kind: 'cut' } };
    expect(await verifyWithAnchors(context, file)).toMatchObject(report);
    expect((await verifyWithAnchors(context, `${file}.gone`)).fault).toBe(null);
    expect((await anchor()).file).toBe('contradicted');
  });

  test('finds a chain that was cut and has grown beyond the anchor again', async ({ db }) => {
    const { context, append, anchor, check } = setUp(db);
    await append(2);
    await anchor();
    await append(3);
    await anchor();
    await cutTo(db, 3);
    await append(4, 'another story');
    expect((await verifyAudit(context)).fault).toBe(null);
    expect(await check()).toMatchObject({ seq: 3, kind: 'rewritten', anchor: { seq: 5 } });
    expect((await anchor()).file).toBe('contradicted');
    expect((await readAnchorFile(file)).anchors).toHaveLength(2);
  });

  test('asks a person about a contradiction, once, also after it was answered', async ({ db }) => {
    const { append, anchor } = setUp(db);
    await append(5);
    await anchor();
    expect(await db.select().from(incidents)).toEqual([]);
    await cutTo(db, 3);
    await anchor();
    await anchor();
    const [incident, ...others] = await db.select().from(incidents);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      kind: 'audit_contradicted',
      connectionId: null,
      facts: { anchoredRow: 5, newestRow: 3, anchoredHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const [audited] = await db.select().from(auditEvents).where(eq(auditEvents.action, 'incident.open'));
    expect(audited).toMatchObject({ seq: 4, subjectName: incident?.title });
    await db.update(incidents).set({ resolvedAt: new Date(), resolution: 'Restored from a backup.' });
    await anchor();
    expect(await db.select().from(incidents)).toHaveLength(1);
  });

  test('finds a chain of which every row and hash was made anew', async ({ db }) => {
    const { context, append, anchor, check } = setUp(db);
    await append(3);
    await anchor();
    await db.delete(auditAnchors);
    let previous: Buffer = Buffer.alloc(32);
    for (const row of await db.select().from(auditEvents).orderBy(auditEvents.seq)) {
      const { prevHash: _, hash: __, ...content } = { ...row, actorName: 'Nobody' };
      const hash = auditHash(previous, { ...content, at: row.at.toISOString() });
      await db
        .update(auditEvents)
        .set({ actorName: 'Nobody', prevHash: previous, hash })
        .where(eq(auditEvents.seq, row.seq));
      previous = hash;
    }
    await db.update(auditHead).set({ hash: previous });
    expect((await verifyAudit(context)).fault).toBe(null);
    expect(await check()).toMatchObject({ seq: 1, kind: 'rewritten', anchor: { seq: 3 } });
  });

  test('a restore sets aside the anchors of the rows that it dropped, and no others', async ({ db }) => {
    const { append, anchor, check } = setUp(db);
    await append(2);
    await anchor();
    await append(3);
    await anchor();
    await cutTo(db, 3);
    await append(1, 'restored');
    const [row] = await db.select().from(auditEvents).where(eq(auditEvents.seq, 4));
    const hash = row?.hash.toString('hex') ?? '';
    appendAnchor(file, { kind: 'restore', seq: 4, hash, at: '2026-11-20T09:00:00.000Z' });
    expect(await check()).toBe(null);
    await append(1);
    expect((await anchor()).file).toBe('written');
    await db
      .update(auditEvents)
      .set({ hash: Buffer.alloc(32, 7) })
      .where(eq(auditEvents.seq, 2));
    expect(await check()).toMatchObject({ seq: 1, kind: 'rewritten', anchor: { seq: 2 } });
  });

  test('a line that a power cut tore does not spoil the next, and an odd line is named', async ({ db }) => {
    const { append, anchor } = setUp(db);
    await append(1);
    await anchor();
    appendFileSync(file, '{"kind":"anchor","seq":2,"ha');
    await append(1);
    expect((await anchor()).file).toBe('written');
    const { anchors, unreadable } = await readAnchorFile(file);
    expect(anchors.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(unreadable).toEqual([2]);
  });

  test('posts the head each time, and neither a refusal nor a redirect nor silence stops it', async ({
    db,
  }) => {
    const { append, anchor } = setUp(db);
    let status = 503;
    const receiver = await listenFor(() => status);
    await append(2);
    expect(await anchor(receiver.url)).toEqual({ seq: 2, file: 'written', webhook: 'failed' });
    status = 302;
    expect((await anchor(receiver.url)).webhook).toBe('failed');
    status = 204;
    expect(await anchor(receiver.url)).toEqual({ seq: 2, file: 'unchanged', webhook: 'sent' });
    expect(receiver.bodies).toHaveLength(3);
    expect(receiver.bodies[2]).toEqual({
      kind: 'keyward-audit-anchor',
      seq: 2,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      at: '2026-11-20T08:00:00.000Z',
    });
    await receiver.close();
    await append(1);
    expect(await anchor(receiver.url)).toEqual({ seq: 3, file: 'written', webhook: 'failed' });
  });

  test('a file that cannot be written does not stop the webhook', async ({ db }) => {
    const { context, append } = setUp(db);
    await append(1);
    const receiver = await listenFor(() => 200);
    writeFileSync(join(folder, 'in-the-way'), '');
    const target = { file: join(folder, 'in-the-way', 'anchors.jsonl'), url: receiver.url };
    expect(await anchorAudit(context, target)).toEqual({ seq: 1, file: 'failed', webhook: 'sent' });
    await receiver.close();
    expect(readFileSync(join(folder, 'in-the-way'), 'utf8')).toBe('');
  });
});
