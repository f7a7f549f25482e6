import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createDatabase } from '@/lib/db/client';
import { isMigrated } from '@/lib/db/migrate';
import { appendAudit } from '@/lib/server/audit/append-audit';
import { sumRows } from './lib/backup/backup-format';
import { choosePlace, type OpenPlace, openPlace } from './lib/backup/place';
import { runCommand } from './lib/backup/run-command';
import { scriptContext } from './lib/backup/script-context';
import { type BackupSummary, writeBackup } from './lib/backup/write-backup';
import { Fault } from './lib/fault.mjs';
import { readOptions } from './lib/options.mjs';
import { inRoot } from './lib/paths.mjs';

const help = `npm run backup -- --to FILE [--data-dir DIR]

Writes the whole database into one file, while Keyward runs or not: one consistent state, compressed, with a
checksum. Management keys stay sealed in it, and the master key is never in it: keep that elsewhere.

  --to FILE       the new file; in a folder that is there, it gets a name with the date
  --data-dir DIR  the embedded database of this data folder, whatever the settings say
  --help          this text

The database is that of DATABASE_URL, else the embedded one in .data or KEYWARD_DATA_DIR.`;

function fileName(to: string, now: Date): string {
  const path = resolve(to);
  if (!existsSync(path) || !statSync(path).isDirectory()) return path;
  return join(path, `keyward-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z.backup`);
}

/** A backup carries everything away, so it stands in the audit log; one of an older version goes without. */
async function record({ pool }: OpenPlace): Promise<void> {
  if (!(await isMigrated(pool, inRoot('lib/db/migrations')))) return;
  const db = createDatabase(pool);
  const context = scriptContext(db, 'npm run backup');
  await db.transaction((tx) =>
    appendAudit(tx, context, {
      action: 'database.backup',
      subjectKind: 'export',
      subjectName: 'Database',
      outcome: 'done',
    }),
  );
}

await runCommand(async (board) => {
  const values = readOptions({ to: { type: 'string' }, 'data-dir': { type: 'string' } }, help);
  if (!values.to) throw new Fault('Name the file: npm run backup -- --to FILE');
  const now = new Date();
  const path = fileName(values.to, now);
  const opened = await openPlace(choosePlace({ dataDir: values['data-dir'] }, process.env), 'share');
  try {
    const { header, counts } = await board.step<BackupSummary>('Backup', async (note) => {
      await record(opened);
      const client = await opened.pool.connect();
      try {
        return await writeBackup(client, { path, now, note });
      } finally {
        client.release();
      }
    });
    const size = (statSync(path).size / 1_000_000).toFixed(1);
    const rows = sumRows(counts).toLocaleString('en');
    console.log(`\n  ${path}\n  ${rows} rows of ${counts.size} tables, ${size} MB, from ${opened.name}.`);
    console.log(`  The audit log in it ends with row ${header.audit.seq}: ${header.audit.hash}`);
    console.log('  The master key is not in it: keep a copy of that away from the backups.');
    return 0;
  } finally {
    await opened.close();
  }
});
