import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { type AuditFilters, NO_AUDIT_FILTERS } from '@/lib/domain/audit/audit-filters';
import type { Actor } from '@/lib/domain/people/actor';
import { actorOf, createTestClock, createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey, insertTeam, insertUser, utcDay } from '@/lib/testing/factories';
import { withTransaction } from '../context';
import { type AuditEntry, appendAudit } from './append-audit';
import { exportAudit } from './export-audit';
import { listAudit } from './list-audit';
import { listAuditChoices } from './list-audit-choices';

async function setUp(db: Database) {
  const user = await insertUser(db, { name: 'Mara', role: 'admin' });
  const admin = actorOf(user);
  const clock = createTestClock('2026-11-20T08:00:00Z');
  const context = createTestContext(db, { actor: admin, now: clock.now });
  const append = (entry: Partial<AuditEntry>, actor: Actor = admin) => {
    const by = { ...context, actor };
    return withTransaction(by, (tx) =>
      appendAudit(tx, by, { action: 'team.update', subjectKind: 'team', outcome: 'done', ...entry }),
    );
  };
  const seqs = async (filters: Partial<AuditFilters>) => {
    const { rows } = await listAudit(context, { filters: { ...NO_AUDIT_FILTERS, ...filters } });
    return rows.map(({ seq }) => seq);
  };
  return { user, context, clock, append, seqs };
}

async function readAll(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe('the audit log', () => {
  test('shows who did what on which, newest first, with names in the place of ids', async ({ db }) => {
    const { context, append } = await setUp(db);
    const connection = await insertConnection(db, { name: 'Main' });
    const team = await insertTeam(db, { name: 'Payments' });
    const key = await insertKey(db, { connectionId: connection.id, name: 'checkout' });
    await append({ action: 'team.create', subjectName: 'Payments' });
    await append({
      action: 'key.assign',
      subjectKind: 'key',
      keyId: key.id,
      connectionId: connection.id,
      before: [{ id: key.id, name: 'checkout', teamId: null, ownerId: null }],
      after: { teamId: team.id, team: 'Payments' },
      reason: 'handed over',
    });
    const { rows, olderThan } = await listAudit(context, { filters: NO_AUDIT_FILTERS });
    expect(olderThan).toBe(null);
    expect(rows).toMatchObject([
      {
        seq: 2,
        at: '2026-11-20T08:00:00.000Z',
        actor: { name: 'Mara', role: 'admin' },
        key: { id: key.id, name: 'checkout' },
        connection: { name: 'Main' },
        before: { team: null, owner: null },
        after: { team: 'Payments' },
        reason: 'handed over',
        requestId: context.requestId,
      },
      { seq: 1, subject: { kind: 'team', name: 'Payments' } },
    ]);
  });

  test('filters by person, by Keyward itself, by actions and by UTC days', async ({ db }) => {
    const { user, clock, append, seqs } = await setUp(db);
    const other = actorOf(await insertUser(db));
    await append({ action: 'team.create' });
    await append({ action: 'team.archive' }, other);
    await append({ action: 'connection.pause' }, { kind: 'system', name: 'Reads' });
    clock.set('2026-11-20T23:59:59.999Z');
    await append({ action: 'team.update' });
    clock.set('2026-11-21T00:00:00Z');
    await append({ action: 'team.update' });
    expect(await seqs({ person: user.id })).toEqual([5, 4, 1]);
    expect(await seqs({ person: other.id })).toEqual([2]);
    expect(await seqs({ person: 'system' })).toEqual([3]);
    expect(await seqs({ actions: ['team.create', 'connection.pause'] })).toEqual([3, 1]);
    expect(await seqs({ from: utcDay('2026-11-21') })).toEqual([5]);
    expect(await seqs({ to: utcDay('2026-11-20') })).toEqual([4, 3, 2, 1]);
    expect(await seqs({ from: utcDay('2026-11-20'), to: utcDay('2026-11-20'), person: user.id })).toEqual([
      4, 1,
    ]);
    expect(await seqs({ actions: ['robot.dance'] })).toEqual([]);
  });

  test('filters by key, also where one row is about several', async ({ db }) => {
    const { append, seqs } = await setUp(db);
    const connection = await insertConnection(db);
    const [one, two] = [
      await insertKey(db, { connectionId: connection.id }),
      await insertKey(db, { connectionId: connection.id }),
    ];
    const assigned = (id: number) => ({ id, name: 'k', teamId: null, ownerId: null });
    await append({ action: 'key.set_limit', subjectKind: 'key', keyId: one.id });
    await append({ action: 'key.assign', subjectKind: 'key', before: [assigned(one.id), assigned(two.id)] });
    await append({ action: 'key.assign', subjectKind: 'key', keyId: two.id, before: [assigned(two.id)] });
    expect(await seqs({ keyId: one.id })).toEqual([2, 1]);
    expect(await seqs({ keyId: two.id })).toEqual([3, 2]);
  });

  test('turns pages without a gap or a repetition, also while rows are added', async ({ db }) => {
    const { context, append } = await setUp(db);
    for (let index = 0; index < 101; index += 1) await append({});
    const first = await listAudit(context, { filters: NO_AUDIT_FILTERS });
    await append({});
    const second = await listAudit(context, { filters: NO_AUDIT_FILTERS, olderThan: first.olderThan });
    const third = await listAudit(context, { filters: NO_AUDIT_FILTERS, olderThan: second.olderThan });
    expect(third.olderThan).toBe(null);
    expect([...first.rows, ...second.rows, ...third.rows].map(({ seq }) => seq)).toEqual(
      Array.from({ length: 101 }, (_, index) => 101 - index),
    );
  });

  test('offers the actions that occur and everybody', async ({ db }) => {
    const { context, append } = await setUp(db);
    for (const action of ['team.update', 'team.create', 'team.update']) await append({ action });
    const choices = await listAuditChoices(context);
    expect(choices.actions).toEqual(['team.create', 'team.update']);
    expect(choices.people.map(({ name }) => name)).toEqual(['Mara']);
  });

  test('exports exactly the filtered rows and records that it did', async ({ db }) => {
    const { context, append, seqs } = await setUp(db);
    await append({ action: 'team.create', subjectName: '=cmd()', reason: 'a "quoted", reason' });
    await append({ action: 'team.archive' });
    const filters = { ...NO_AUDIT_FILTERS, actions: ['team.create', 'audit.export'] };
    const csv = await exportAudit(context, { filters, format: 'csv' });
    const lines = (await readAll(csv.pieces)).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`'=cmd()`);
    expect(lines[1]).toContain('"a ""quoted"", reason"');
    expect(csv.filename).toBe('keyward-audit-2026-11-20.csv');
    const jsonl = await exportAudit(context, { filters, format: 'jsonl' });
    const rows = (await readAll(jsonl.pieces)).trim().split('\n');
    expect(rows.map((line) => JSON.parse(line))).toMatchObject([
      { seq: 4, action: 'audit.export', after: { format: 'jsonl' }, changeId: null },
      {
        seq: 3,
        action: 'audit.export',
        after: { format: 'csv', filters: { action: 'team.create,audit.export' } },
      },
      {
        seq: 1,
        action: 'team.create',
        prevHash: '0'.repeat(64),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(await seqs({ actions: ['audit.export'] })).toEqual([4, 3]);
  });

  test('exports more rows than one piece holds', async ({ db }) => {
    const { context } = await setUp(db);
    await withTransaction(context, async (tx) => {
      for (let index = 0; index < 1_050; index += 1) {
        await appendAudit(tx, context, { action: 'team.create', subjectKind: 'team', outcome: 'done' });
      }
    });
    const { pieces } = await exportAudit(context, { filters: NO_AUDIT_FILTERS, format: 'jsonl' });
    const found: string[] = [];
    for await (const piece of pieces) found.push(piece);
    expect(found).toHaveLength(2);
    expect(found.join('').trim().split('\n')).toHaveLength(1_051);
  });

  test('is closed to a lead, whichever way it is asked', async ({ db }) => {
    const context = createTestContext(db, { actor: testActor('lead', [1]) });
    await expect(listAudit(context, { filters: NO_AUDIT_FILTERS })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(listAuditChoices(context)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(exportAudit(context, { filters: NO_AUDIT_FILTERS, format: 'csv' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('is open to finance', async ({ db }) => {
    const finance = actorOf(await insertUser(db, { role: 'finance' }));
    const context = createTestContext(db, { actor: finance });
    expect(await listAudit(context, { filters: NO_AUDIT_FILTERS })).toEqual({ rows: [], olderThan: null });
  });
});
