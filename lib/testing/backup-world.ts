import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createDatabase, type Database } from '@/lib/db/client';
import { migrateDatabase } from '@/lib/db/migrate';
import {
  bulkRuns,
  changes,
  connectionSecrets,
  handOvers,
  models,
  oneTimeLinks,
  requests,
  teams,
  usageFacts,
} from '@/lib/db/schema';
import { appendAudit } from '@/lib/server/audit/append-audit';
import { secretBinding } from '@/lib/server/connections/provider-gateway';
import { sealSecret } from '@/lib/utils/secret-box';
import { type RestoreSummary, restoreBackup } from '@/scripts/lib/backup/restore-backup';
import { type BackupSummary, writeBackup } from '@/scripts/lib/backup/write-backup';
import { createTestContext } from './context';
import { insertConnection, insertKey, insertTeam, insertUser } from './factories';
import { insertSession } from './people';

export const MANAGEMENT_KEY = 'sk-or-v1-this-is-the-management-key-of-the-drill';

/** What a careless text format would break on. */
export const ODD_TEXTS = [
  '\\.',
  '\\N',
  '',
  'tab\there, line\nthere, return\r, backslash \\ and \\t',
  '\v\f\b',
  '“quotes” "\'` ü 🔑 {a,"b"}',
];

/** One team and the audit row that tells of it, in one transaction: a consistent backup has as many of both. */
export async function addTeam(db: Database, name: string): Promise<void> {
  const context = createTestContext(db);
  await db.transaction(async (tx) => {
    const team = await insertTeam(tx, { name });
    await appendAudit(tx, context, {
      action: 'team.create',
      subjectKind: 'team',
      subjectId: team.id,
      subjectName: name,
      after: { name, odd: ODD_TEXTS },
      outcome: 'done',
    });
  });
}

/** Work that was under way, and doors that were open, when the backup was made. */
async function leaveThingsOpen(db: Database, userId: string, connectionId: number, keyId: number) {
  const now = new Date();
  const later = new Date(now.getTime() + 3_600_000);
  await insertSession(db, { userId });
  await db
    .insert(oneTimeLinks)
    .values({ purpose: 'invitation', tokenHash: 'of-a-link', createdAt: now, expiresAt: later });
  await db.insert(handOvers).values({
    keyId,
    sealed: Buffer.from('sealed'),
    tokenHash: 'of-a-hand-over',
    createdAt: now,
    expiresAt: later,
  });
  await db
    .insert(bulkRuns)
    .values({ kind: 'set_limit', state: 'running', wish: {}, createdBy: userId, createdAt: now });
  await db.insert(requests).values({
    kind: 'enable_key',
    state: 'approved',
    connectionId,
    keyId,
    requesterId: userId,
    reason: 'Asked before the backup',
    wish: { kind: 'enable_key', keyId },
    basis: {},
    approvalsNeeded: 1,
    createdAt: now,
    lapsesAt: later,
    workedUntil: later,
  });
  const change = (values: Pick<typeof changes.$inferInsert, 'kind' | 'state'>) => ({
    ...values,
    id: randomUUID(),
    connectionId,
    keyId,
    actorName: 'Drill',
    wish: {},
    reason: '',
    requestId: randomUUID(),
    plannedAt: now,
    lookAt: later,
  });
  // One that was not sent yet, and a key that was made, of which nobody has confirmed seeing the secret.
  await db
    .insert(changes)
    .values([
      change({ kind: 'disable_key', state: 'planned' }),
      change({ kind: 'create_key', state: 'applied' }),
    ]);
}

/** A migrated database with a bit of everything; answers the sealed key's connection. */
export async function fillDatabase(
  pool: Pool,
  masterKey: Buffer,
  facts: number,
): Promise<{ connectionId: number }> {
  await migrateDatabase(pool);
  const db = createDatabase(pool);
  const user = await insertUser(db, { preferences: { density: 'compact' } });
  const connection = await insertConnection(db, { createdBy: user.id });
  const sealed = sealSecret(masterKey, MANAGEMENT_KEY, secretBinding(connection.id));
  await db.insert(connectionSecrets).values({ connectionId: connection.id, sealed });
  const key = await insertKey(db, { connectionId: connection.id });
  for (const name of ODD_TEXTS) await db.insert(models).values({ name: `${name} ` });
  for (const [index, text] of ODD_TEXTS.entries()) await addTeam(db, `${index} ${text}`);
  await leaveThingsOpen(db, user.id, connection.id, key.id);
  await db.insert(teams).values({ name: 'Gone' });
  await pool.query("delete from teams where name = 'Gone'");
  await pool.query(
    `insert into usage_facts (connection_id, day, key_id, model_id, team_id, requests, prompt_tokens,
       completion_tokens, reasoning_tokens, spend, byok_spend, source, fetched_at)
     select $1, date '2026-01-01' + (n / 100), $2, n % 100, 0, n, n * 10, n * 5, 0, n * 0.000000123456789, 0,
       'usage', timestamptz '2026-01-01 00:00:00.123456+00' from generate_series(1, $3::int) n`,
    [connection.id, key.id, facts],
  );
  if ((await db.$count(usageFacts)) !== facts) throw new Error('the facts were not inserted');
  return { connectionId: connection.id };
}

/** One hash for each table's rows, whatever their order. */
export async function digestTables(pool: Pool): Promise<Map<string, string>> {
  const names = await pool.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' order by relname`,
  );
  const digests = new Map<string, string>();
  for (const { name } of names.rows) {
    const { rows } = await pool.query<{ digest: string }>(
      `select count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest from "${name}" t`,
    );
    digests.set(name, rows[0]?.digest ?? '');
  }
  return digests;
}

const noNote = () => undefined;

export async function backUp(pool: Pool, path: string): Promise<BackupSummary> {
  const client = await pool.connect();
  try {
    return await writeBackup(client, { path, now: new Date(), note: noNote });
  } finally {
    client.release();
  }
}

/** Restores without an audit row of its own. */
export function restore(pool: Pool, path: string, isForced = false): Promise<RestoreSummary> {
  const record = async () => undefined;
  return restoreBackup(pool, { path, isForced, now: new Date(), note: noNote, record });
}
