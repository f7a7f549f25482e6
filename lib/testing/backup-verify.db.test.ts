import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createDatabase } from '@/lib/db/client';
import { auditAnchors, auditEvents, auditHead } from '@/lib/db/schema';
import { NO_AUDIT_FILTERS } from '@/lib/domain/audit/audit-filters';
import { anchorAudit } from '@/lib/server/audit/anchor-audit';
import { exportAudit } from '@/lib/server/audit/export-audit';
import { createDrill, type DrillDatabase, makeFolder } from './backup-drill';
import { addTeam, fillDatabase } from './backup-world';
import { createTestContext } from './context';

const VERIFY = 'scripts/audit-verify.ts';

let folder: ReturnType<typeof makeFolder>;
let drill: DrillDatabase;

beforeEach(async () => {
  folder = makeFolder();
  drill = await createDrill(inject('testDatabase'), join(folder.path, 'data'));
});

afterEach(async () => {
  await drill.destroy();
  folder.remove();
});

test('npm run audit:verify names the first bad row, of the database and of a file', {
  timeout: 120_000,
}, async () => {
  const pool = await drill.open();
  await fillDatabase(pool, randomBytes(32), 1);
  const db = createDatabase(pool);
  const context = createTestContext(db);
  const { pieces } = await exportAudit(context, { filters: NO_AUDIT_FILTERS, format: 'jsonl' });
  const file = join(folder.path, 'export.jsonl');
  let text = '';
  for await (const piece of pieces) text += piece;
  writeFileSync(file, text);
  const anchors = join(drill.dataDir, 'audit-anchors.jsonl');
  await anchorAudit(context, { file: anchors, url: null });
  const anchored = JSON.parse(readFileSync(anchors, 'utf8')).seq;

  const whole = await drill.run(VERIFY);
  expect(whole, whole.output).toMatchObject({ code: 0 });
  expect(whole.output).toContain(`All ${anchored} rows`);

  // While it runs: a tail that is cut off, so that the chain alone looks whole.
  await addTeam(db, 'Later');
  const [row] = await db.select().from(auditEvents).where(sql`seq = 3`);
  await db.delete(auditEvents).where(sql`seq > 3`);
  await db.update(auditHead).set({ seq: 3, hash: row?.hash ?? Buffer.alloc(32) });
  await db.delete(auditAnchors);
  const cut = await drill.run(VERIFY);
  expect(cut, cut.output).toMatchObject({ code: 1 });
  expect(cut.output).toContain(`Row 4 is missing: the chain was cut off. Row ${anchored} was anchored`);

  await db.execute(sql`update audit_events set actor_name = 'Nobody' where seq = 2`);
  const edited = await drill.run(VERIFY);
  expect(edited, edited.output).toMatchObject({ code: 1 });
  expect(edited.output).toContain('Row 2 is not as it was written');

  const offline = await drill.run(VERIFY, ['--file', file, '--anchors', anchors]);
  expect(offline, offline.output).toMatchObject({ code: 0 });
  writeFileSync(file, text.replace('team.create', 'team.update'));
  const forged = await drill.run(VERIFY, ['--file', file]);
  expect(forged, forged.output).toMatchObject({ code: 1 });
  expect(forged.output).toContain(`Row ${anchored - 1} (line 2) is not as it was written`);

  expect(await drill.run(VERIFY, ['--file', join(folder.path, 'nothing')])).toMatchObject({ code: 2 });
});
