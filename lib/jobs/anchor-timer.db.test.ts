import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readAnchorFile } from '@/lib/server/audit/anchor-file';
import { appendAudit } from '@/lib/server/audit/append-audit';
import { withTransaction } from '@/lib/server/context';
import { createTestContext } from '@/lib/testing/context';
import { testWithCommits as test } from '@/lib/testing/database';
import { startAnchorTimer } from './anchor-timer';

test('anchors at the start, at the interval, after a failure, and once more at the end', async ({ db }) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-timer-'));
  const file = join(folder, 'anchors.jsonl');
  const context = createTestContext(db);
  const append = () =>
    withTransaction(context, (tx) =>
      appendAudit(tx, context, { action: 'team.update', subjectKind: 'team', outcome: 'done' }),
    );
  const seqs = async () => (await readAnchorFile(file)).anchors.map(({ seq }) => seq);
  await append();
  let calls = 0;
  const createContext = () => {
    calls += 1;
    if (calls === 2) throw new Error('the database is away');
    return context;
  };
  const timer = startAnchorTimer({ file, url: null, intervalSeconds: 0.1, createContext });
  await expect.poll(seqs, { timeout: 5_000 }).toEqual([1]);
  await append();
  await expect.poll(seqs, { timeout: 5_000 }).toEqual([1, 2]);
  await append();
  await timer.stop();
  expect(await seqs()).toEqual([1, 2, 3]);
  const ended = calls;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(calls).toBe(ended);
  rmSync(folder, { recursive: true });
});
