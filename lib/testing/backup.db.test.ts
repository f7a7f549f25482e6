import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { desc, eq } from 'drizzle-orm';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDatabase } from '@/lib/db/client';
import { isMigrated } from '@/lib/db/migrate';
import { auditEvents, changes, connectionSecrets, settings, teams } from '@/lib/db/schema';
import { anchorAudit } from '@/lib/server/audit/anchor-audit';
import { verifyAudit } from '@/lib/server/audit/verify-audit';
import { secretBinding } from '@/lib/server/connections/provider-gateway';
import { openSecret } from '@/lib/utils/secret-box';
import { headerSchema } from '@/scripts/lib/backup/backup-format';
import { knownTables } from '@/scripts/lib/backup/keyward-tables';
import { createDrill, type DrillDatabase, embeddedDrill, makeFolder } from './backup-drill';
import {
  addTeam,
  backUp,
  digestTables,
  fillDatabase,
  MANAGEMENT_KEY,
  ODD_TEXTS,
  restore,
} from './backup-world';
import { createTestContext } from './context';

const BACKUP = 'scripts/backup.ts';
const RESTORE = 'scripts/restore.ts';
const VERIFY = 'scripts/audit-verify.ts';
/** What a restore itself writes to. */
const TOUCHED = [
  'audit_events',
  'audit_head',
  'sessions',
  'one_time_links',
  'requests',
  'hand_overs',
  'bulk_runs',
  'requests',
  'changes',
  'settings',
];

const FACTS = 20_000;
const masterKey = randomBytes(32);
let folder: ReturnType<typeof makeFolder>;
let drill: DrillDatabase;
let file: string;

beforeEach(async () => {
  folder = makeFolder();
  drill = await createDrill(inject('testDatabase'), join(folder.path, 'data'));
  file = join(folder.path, 'keyward.backup');
});

afterEach(async () => {
  await drill.destroy();
  folder.remove();
});

/** Adds teams with their audit rows until it is told to end; answers how many. */
function writeMeanwhile(pool: Pool): { end: () => Promise<number> } {
  const db = createDatabase(pool);
  let isOver = false;
  const work = (async () => {
    let count = 0;
    for (; !isOver; count += 1) await addTeam(db, `Meanwhile ${count}`);
    return count;
  })();
  return {
    end: () => {
      isOver = true;
      return work;
    },
  };
}

async function countWhere(pool: Pool, table: string, condition = 'true'): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) as count from ${table} where ${condition}`,
  );
  return rows[0]?.count ?? -1;
}

describe('the drill', () => {
  test('backs up under load, is destroyed, restored, and verified', { timeout: 180_000 }, async () => {
    const pool = await drill.open();
    const { connectionId } = await fillDatabase(pool, masterKey, FACTS);
    const anchors = join(drill.dataDir, 'audit-anchors.jsonl');
    await anchorAudit(createTestContext(createDatabase(pool)), { file: anchors, url: null });

    const load = writeMeanwhile(pool);
    const backup = await drill.run(BACKUP, ['--to', file]);
    const written = await load.end();
    expect(backup, backup.output).toMatchObject({ code: 0 });
    expect(written).toBeGreaterThan(5);
    await anchorAudit(createTestContext(createDatabase(pool)), { file: anchors, url: null });
    const before = await digestTables(pool);
    const teamsBefore = await countWhere(pool, 'teams');

    const text = gunzipSync(readFileSync(file)).toString('utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(text).not.toContain(MANAGEMENT_KEY);
    for (const encoding of ['base64', 'hex', 'latin1', 'base64url'] as const) {
      expect(text.includes(masterKey.toString(encoding)), encoding).toBe(false);
    }
    const header = headerSchema.parse(JSON.parse(text.slice(0, text.indexOf('\n'))));
    expect(new Set(header.tables)).toEqual(knownTables());
    expect(new Set(header.tables)).toEqual(new Set(before.keys()));

    await drill.destroy();
    const restoration = await drill.run(RESTORE, ['--from', file]);
    expect(restoration, restoration.output).toMatchObject({ code: 0 });
    expect(restoration.output).toContain('The audit log is whole');

    const restored = await drill.open();
    const db = createDatabase(restored);
    expect(await isMigrated(restored)).toBe(true);
    expect((await verifyAudit(createTestContext(db))).fault).toBe(null);
    // One state for all tables: a team and its audit row are both there, or neither is.
    const teamsThere = await countWhere(restored, 'teams');
    expect(await countWhere(restored, 'audit_events', "action = 'team.create'")).toBe(teamsThere);
    expect(teamsThere).toBeGreaterThanOrEqual(ODD_TEXTS.length);
    expect(teamsThere).toBeLessThanOrEqual(teamsBefore);
    expect(await countWhere(restored, 'usage_facts')).toBe(FACTS);
    const after = await digestTables(restored);
    for (const [table, digest] of before) {
      if (table === 'teams' || table === 'audit_anchors' || TOUCHED.includes(table)) continue;
      expect(after.get(table), table).toBe(digest);
    }
    const [secret] = await db.select().from(connectionSecrets);
    expect(openSecret(masterKey, secret?.sealed, secretBinding(connectionId))).toBe(MANAGEMENT_KEY);

    // Nothing of then acts now: what was open may have ended after the backup.
    expect(restoration.output).toContain('1 sessions ended');
    expect(await countWhere(restored, 'sessions', 'revoked_at is null')).toBe(0);
    expect(await countWhere(restored, 'one_time_links', 'expires_at > now()')).toBe(0);
    expect(await countWhere(restored, 'hand_overs', 'sealed is not null or expired_at is null')).toBe(0);
    expect(await countWhere(restored, 'bulk_runs', "state = 'running'")).toBe(0);
    expect(await countWhere(restored, 'requests', "state = 'approved'")).toBe(0);
    expect(await countWhere(restored, 'changes', "state = 'planned'")).toBe(0);
    expect(await countWhere(restored, 'changes', "state = 'sent' and look_at <= now()")).toBe(1);
    // What was just being made is remembered: nobody knows what was shown since.
    const [kept] = await db.select().from(settings).where(eq(settings.topic, 'restore'));
    const [making] = await db.select().from(changes).where(eq(changes.kind, 'create_key'));
    expect(kept?.value).toMatchObject({ backupOf: header.createdAt, creates: [making?.id] });
    const events = await db.select().from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
    expect(events[0]).toMatchObject({
      action: 'database.restore',
      after: { sessions: 1, links: 1, handOvers: 1, bulkRuns: 1, requests: 1, changes: 1, creates: 1 },
    });

    await drill.stop();
    const verified = await drill.run(VERIFY);
    expect(verified, verified.output).toMatchObject({ code: 0 });
    expect(verified.output).toContain('anchors agree');
  });

  test('goes from one kind of database to the other and back', { timeout: 120_000 }, async () => {
    const pool = await drill.open();
    await fillDatabase(pool, masterKey, 5_000);
    const before = await digestTables(pool);
    const ids = await pool.query<{ last: number }>('select last_value as last from teams_id_seq');
    await backUp(pool, file);
    await drill.destroy();
    const other = embeddedDrill(join(folder.path, 'other'));
    await restore(await other.open(), file);
    await other.stop();
    // Not running: the command opens the folder itself.
    const back = await other.run(BACKUP, ['--to', `${file}.2`]);
    expect(back, back.output).toMatchObject({ code: 0 });
    const home = await drill.open();
    await restore(home, `${file}.2`);
    const after = await digestTables(home);
    for (const [table, digest] of before) {
      if (!TOUCHED.includes(table)) expect(after.get(table), table).toBe(digest);
    }
    // The newest team was deleted before the backup: its number is not given out again.
    const [team] = await createDatabase(home).insert(teams).values({ name: 'New' }).returning();
    expect(team?.id).toBe((ids.rows[0]?.last ?? 0) + 1);
    await other.destroy();
  });
});
