import { describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { NO_AUDIT_FILTERS } from '@/lib/domain/audit/audit-filters';
import { createTestClock, createTestContext } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { insertConnection, insertKey } from '@/lib/testing/factories';
import { withTransaction } from '../context';
import type { Anchor } from './anchor-file';
import { appendAudit } from './append-audit';
import { exportAudit } from './export-audit';
import { verifyAuditFile } from './verify-audit-file';

async function* each(lines: readonly string[]) {
  yield* lines;
}

/** Six rows and that of the export: lines 0 to 6 hold rows 7 to 1. */
async function exportLines(db: Database, actions: readonly string[] = []): Promise<string[]> {
  const clock = createTestClock('2026-11-20T08:00:00.123Z');
  const context = createTestContext(db, { now: clock.now });
  const connection = await insertConnection(db);
  const key = await insertKey(db, { connectionId: connection.id });
  for (let index = 1; index <= 6; index += 1) {
    await withTransaction(context, (tx) =>
      appendAudit(tx, context, {
        action: index % 2 === 0 ? 'team.update' : 'key.set_limit',
        subjectKind: 'team',
        connectionId: connection.id,
        keyId: key.id,
        changeId: '00000000-0000-4000-8000-00000000000a',
        before: { name: `“${index}” ü 🔑`, amount: '12.50' },
        reason: `number ${index}`,
        outcome: 'done',
      }),
    );
  }
  const filters = { ...NO_AUDIT_FILTERS, actions };
  const { pieces } = await exportAudit(context, { filters, format: 'jsonl' });
  let text = '';
  for await (const piece of pieces) text += piece;
  return text.trim().split('\n');
}

const verify = (lines: readonly string[], anchors: readonly Anchor[] = []) =>
  verifyAuditFile(each(lines), anchors);
const edit = (line: string | undefined, change: object) =>
  JSON.stringify({ ...JSON.parse(line ?? '{}'), ...change });

function anchorOf(line: string | undefined, at: string): Anchor {
  const { seq, hash } = JSON.parse(line ?? '{}');
  return { kind: 'anchor', seq, hash, at };
}

describe('verifying an exported audit log offline', () => {
  test('an export as it was written is whole', async ({ db }) => {
    const lines = await exportLines(db);
    expect(await verify(lines)).toMatchObject({
      rows: 7,
      newest: 7,
      oldest: 1,
      isFiltered: false,
      fault: null,
    });
  });

  test('names an edited row', async ({ db }) => {
    const lines = await exportLines(db);
    for (const change of [
      { reason: 'edited' },
      { before: null },
      { changeId: null },
      { at: '2026-11-20T08:00:00.124Z' },
      { hash: 'a'.repeat(64) },
    ]) {
      const { fault } = await verify(lines.with(4, edit(lines[4], change)));
      expect(fault, JSON.stringify(change)).toMatchObject({ seq: 3, line: 5, kind: 'content' });
    }
  });

  test('names a deleted row', async ({ db }) => {
    const lines = await exportLines(db);
    expect((await verify(lines.toSpliced(4, 1))).fault).toMatchObject({ seq: 3, kind: 'missing' });
    expect((await verify(lines.slice(0, -2))).fault).toMatchObject({ seq: 1, kind: 'missing' });
  });

  test('names an inserted row', async ({ db }) => {
    const lines = await exportLines(db);
    const doubled = lines.toSpliced(4, 0, lines[4] ?? '');
    expect((await verify(doubled)).fault).toMatchObject({ seq: 3, kind: 'order' });
    const forged = lines.toSpliced(4, 0, edit(lines[4], { reason: 'never happened' }));
    expect((await verify(forged)).fault).toMatchObject({ seq: 3 });
  });

  test('names the first of swapped rows', async ({ db }) => {
    const lines = await exportLines(db);
    const swapped = lines.with(3, lines[4] ?? '').with(4, lines[3] ?? '');
    expect((await verify(swapped)).fault).toMatchObject({ seq: 3 });
    const renumbered = lines.with(3, edit(lines[4], { seq: 4 })).with(4, edit(lines[3], { seq: 3 }));
    expect((await verify(renumbered)).fault).toMatchObject({ seq: 3, kind: 'link' });
  });

  test('finds a cut tail: the newest row is not that of the export', async ({ db }) => {
    const lines = await exportLines(db);
    expect((await verify(lines.slice(2))).fault).toMatchObject({ seq: 6, kind: 'tail' });
  });

  test('finds by an anchor what was cut or made anew as a whole', async ({ db }) => {
    const lines = await exportLines(db);
    const good = anchorOf(lines[3], '2026-11-20T08:00:00.000Z');
    expect((await verify(lines, [good])).anchors.fault).toBe(null);
    const bad = { ...good, hash: 'b'.repeat(64) };
    expect((await verify(lines, [bad])).anchors.fault).toMatchObject({
      kind: 'rewritten',
      anchor: { seq: 4 },
    });
    const before: Anchor = { ...good, seq: 9, at: '2026-11-20T07:00:00.000Z' };
    expect((await verify(lines, [before])).anchors.fault).toMatchObject({ seq: 8, kind: 'cut' });
    const later: Anchor = { ...before, at: '2026-11-20T09:00:00.000Z' };
    expect((await verify(lines, [later])).anchors.fault).toBe(null);
  });

  test('takes the gaps of a filtered export, and still finds edits in it', async ({ db }) => {
    const lines = await exportLines(db, ['team.update']);
    expect(await verify(lines)).toMatchObject({ rows: 4, isFiltered: true, fault: null });
    const edited = lines.with(1, edit(lines[1], { reason: 'edited' }));
    expect((await verify(edited)).fault).toMatchObject({ seq: 6, line: 2, kind: 'content' });
  });

  test('names a line that is no row', async ({ db }) => {
    const lines = await exportLines(db);
    for (const text of ['{"seq":3', '"text"', edit(lines[4], { added: 1 })]) {
      expect((await verify(lines.with(4, text))).fault).toMatchObject({
        seq: 3,
        line: 5,
        kind: 'unreadable',
      });
    }
    expect((await verify(['no audit log'])).fault).toMatchObject({ kind: 'unreadable' });
  });
});
