import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDatabase, type Database, type Transaction } from '@/lib/db/client';
import { auditHead } from '@/lib/db/schema';
import { appendAnchor } from '@/lib/server/audit/anchor-file';
import { appendAudit } from '@/lib/server/audit/append-audit';
import { verifyAudit } from '@/lib/server/audit/verify-audit';
import { sumRows } from './lib/backup/backup-format';
import { choosePlace, openPlace, type Place } from './lib/backup/place';
import { type RestoreSummary, restoreBackup } from './lib/backup/restore-backup';
import { runCommand } from './lib/backup/run-command';
import { scriptContext } from './lib/backup/script-context';
import { Fault } from './lib/fault.mjs';
import { readOptions } from './lib/options.mjs';

const help = `npm run restore -- --from FILE [--into URL | --data-dir DIR] [--force]

Puts a backup into an empty database, on this or the other kind of database, and compares it with the backup's
counts and checksum. Stop Keyward first. Everybody has to sign in again afterwards.

  --from FILE     what npm run backup wrote
  --into URL      a PostgreSQL database: postgres://user:password@host:5432/name
  --data-dir DIR  the embedded database of this data folder; it is made when it is not there
  --force         replaces what is in the database
  --help          this text

Without --into and --data-dir it is the database that npm start would use.`;

async function record(tx: Transaction, db: Database, { header, putToRest }: RestoreSummary): Promise<void> {
  await appendAudit(tx, scriptContext(db, 'npm run restore'), {
    action: 'database.restore',
    subjectKind: 'setting',
    subjectName: 'Database',
    after: { backupOf: header.createdAt, lastRow: header.audit.seq, ...putToRest },
    outcome: 'done',
  });
}

/** Anchors of rows that the backup does not have would call the restored chain cut off. */
async function markAnchors(db: Database, path: string | null): Promise<void> {
  if (path === null || !existsSync(path)) return;
  const [head] = await db.select().from(auditHead);
  if (!head) throw new Fault('The audit log has no head.');
  const at = new Date().toISOString();
  appendAnchor(path, { kind: 'restore', seq: head.seq, hash: head.hash.toString('hex'), at });
}

async function tellChain(db: Database): Promise<void> {
  const { fault, verifiedTo } = await verifyAudit(scriptContext(db, 'npm run restore'));
  if (fault === null) console.log(`  The audit log is whole, to row ${verifiedTo}.`);
  else
    console.log(
      `  Warning: row ${fault.seq} of the audit log is not as it was written. It was like that in the backup.`,
    );
}

function tell({ header, counts, putToRest }: RestoreSummary, name: string): void {
  const rows = sumRows(counts).toLocaleString('en');
  console.log(`\n  Restored ${rows} rows of ${counts.size} tables, as of ${header.createdAt}, into ${name}.`);
  const { sessions, links, handOvers, bulkRuns, requests, changes, creates, deliveries } = putToRest;
  const parts = [
    [sessions, 'sessions ended'],
    [links, 'invitations and set-up links expired'],
    [handOvers, 'open hand-overs withdrawn; their keys were left as they are'],
    [bulkRuns, 'bulk runs paused'],
    [requests, 'approved requests wait for another try'],
    [changes, 'planned changes are looked up at the provider first'],
    [creates, 'keys were just being made: a person is asked about each before it is stopped'],
    [deliveries, 'emails and webhook calls that waited are not sent by themselves'],
  ] as const;
  for (const [count, words] of parts) if (count > 0) console.log(`  ${count} ${words}.`);
}

function tellNext(place: Place): void {
  const where = place.kind === 'embedded' ? ` (${resolve(place.dataDir, 'master.key')})` : '';
  console.log(`  Before the start: put the master key of then in its place${where}; no backup holds it.`);
}

await runCommand(async (board) => {
  const values = readOptions(
    {
      from: { type: 'string' },
      into: { type: 'string' },
      'data-dir': { type: 'string' },
      force: { type: 'boolean', default: false },
    },
    help,
  );
  if (!values.from) throw new Fault('Name the backup: npm run restore -- --from FILE');
  const path = resolve(values.from);
  if (!existsSync(path)) throw new Fault(`There is no file ${path}.`);
  const place = choosePlace({ url: values.into, dataDir: values['data-dir'] }, process.env);
  const opened = await openPlace(place, 'alone');
  const db = createDatabase(opened.pool);
  try {
    const summary = await board.step<RestoreSummary>('Restore', (note) =>
      restoreBackup(opened.pool, {
        path,
        isForced: values.force === true,
        now: new Date(),
        note,
        record: (tx, done) => record(tx, db, done),
      }),
    );
    tell(summary, opened.name);
    await markAnchors(db, place.anchorFile);
    await tellChain(db);
    tellNext(place);
    return 0;
  } finally {
    await opened.close();
  }
});
