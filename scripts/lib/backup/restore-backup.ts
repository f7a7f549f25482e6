import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import type { Transaction } from '@/lib/db/client';
import { applyMissing, checkServerVersion, readMigrations } from '@/lib/db/migrate';
import * as schema from '@/lib/db/schema';
import { Fault } from '../fault.mjs';
import { inRoot } from '../paths.mjs';
import { type PutToRest, putToRest } from './after-restore';
import {
  type BackupHeader,
  countLineSchema,
  END_OF_ROWS,
  endLineSchema,
  type Note,
  sumRows,
  tableLineSchema,
} from './backup-format';
import { type BackupReader, openBackup } from './backup-reader';
import { createRowLoader } from './create-row-loader';
import { countRows, listColumns, listIdentities, listTables, sqlTable } from './keyward-tables';
import type { RowLoader } from './row-loader';
import { makeRoom } from './target-state';

export type RestoreSummary = {
  readonly header: BackupHeader;
  readonly counts: ReadonlyMap<string, number>;
  readonly putToRest: PutToRest;
};

type Migrations = ReturnType<typeof readMigrations>;

/** This version's migrations that the backup's database had. Throws a Fault for a backup of a newer version. */
function migrationsOf(header: BackupHeader, known: Migrations): Migrations {
  const wanted = header.migrations.map(({ when, hash }) => {
    const found = known.find(({ folderMillis }) => folderMillis === when);
    if (found?.hash === hash) return found;
    throw new Fault(
      found
        ? 'The backup was made by a version of Keyward whose tables were made in another way. Restore it with that version.'
        : 'The backup was made by a newer version of Keyward. Restore it with that version.',
    );
  });
  return wanted.toSorted((a, b) => a.folderMillis - b.folderMillis);
}

/** Makes the backup's tables, empty and without references, which are answered as statements for the end. */
async function makeTables(
  client: PoolClient,
  header: BackupHeader,
  migrations: Migrations,
): Promise<string[]> {
  await applyMissing(client, migrations);
  const tables = await listTables(client);
  if (tables.join() !== header.tables.toSorted().join()) {
    throw new Fault('The backup holds other tables than its version of Keyward has: it is damaged.');
  }
  await client.query(`truncate ${tables.map(sqlTable).join(', ')}`);
  const { rows } = await client.query<{ drop: string; add: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ add }) => add);
}

async function loadRows(
  reader: BackupReader,
  loader: RowLoader,
  onRow: (rows: number) => void,
): Promise<number> {
  let rows = 0;
  try {
    for (let line = await reader.readLine(); line !== END_OF_ROWS; line = await reader.readLine()) {
      await loader.add(line);
      rows += 1;
      if (rows % 10_000 === 0) onRow(rows);
    }
  } catch (error) {
    await loader.abort();
    throw error;
  }
  await loader.end();
  return rows;
}

async function loadTable(
  client: PoolClient,
  reader: BackupReader,
  expected: string,
  note: Note,
): Promise<number> {
  const { table, columns } = await reader.readJson(tableLineSchema);
  const found = await listColumns(client, table);
  const known = columns.flatMap((name) => found.filter((column) => column.name === name));
  if (table !== expected || known.length !== found.length || known.length !== columns.length) {
    throw new Fault(`The backup holds other columns of ${expected} than its version of Keyward has.`);
  }
  const loader = await createRowLoader(client, table, known);
  const rows = await loadRows(reader, loader, (done) => note(`${table}: ${done.toLocaleString('en')} rows`));
  const counted = await reader.readJson(countLineSchema);
  const inTable = await countRows(client, table);
  if (counted.table === table && counted.rows === rows && inTable === rows) return rows;
  throw new Fault(`${table} should have ${counted.rows} rows, and ${inTable} were restored.`);
}

/** The next rows get new numbers, also where the newest rows had been deleted. */
async function setIdentities(client: PoolClient, header: BackupHeader): Promise<void> {
  for (const { table, column, sequence } of await listIdentities(client)) {
    const saved = header.identities.find((one) => one.table === table && one.column === column)?.last ?? 0;
    await client.query(
      `select setval($1, greatest($2::bigint, coalesce(max("${column}"), 0), 1),
         greatest($2::bigint, coalesce(max("${column}"), 0)) > 0) from ${sqlTable(table)}`,
      [sequence, saved],
    );
  }
}

async function loadAll(
  client: PoolClient,
  reader: BackupReader,
  options: { readonly isForced: boolean; readonly note: Note },
): Promise<ReadonlyMap<string, number>> {
  const known = readMigrations(inRoot('lib/db/migrations'));
  const migrations = migrationsOf(reader.header, known);
  await makeRoom(client, options.isForced);
  const references = await makeTables(client, reader.header, migrations);
  const counts = new Map<string, number>();
  for (const table of reader.header.tables) {
    counts.set(table, await loadTable(client, reader, table, options.note));
  }
  const end = await reader.readJson(endLineSchema);
  if (end.sha256 !== reader.digestBefore() || end.rows !== sumRows(counts)) {
    throw new Fault('The backup is damaged: its checksum is another one.');
  }
  options.note('checking references');
  for (const add of references) await client.query(add);
  await setIdentities(client, reader.header);
  await applyMissing(client, known);
  return counts;
}

/**
 * Puts a backup into an empty database, or with `isForced` in the place of what is there: all of it or nothing, in
 * one transaction. The tables are made as they were then, filled, compared with the backup's counts and checksum,
 * and brought to this version. `record` writes the audit row about it in the same transaction.
 */
export async function restoreBackup(
  pool: Pool,
  options: {
    readonly path: string;
    readonly isForced: boolean;
    readonly now: Date;
    readonly note: Note;
    readonly record: (tx: Transaction, summary: RestoreSummary) => Promise<void>;
  },
): Promise<RestoreSummary> {
  const reader = await openBackup(options.path);
  const client = await pool.connect();
  try {
    await checkServerVersion(client);
    const summary = await drizzle(client, { schema }).transaction(async (tx) => {
      const counts = await loadAll(client, reader, options);
      const done = {
        header: reader.header,
        counts,
        putToRest: await putToRest(client, options.now, reader.header.createdAt),
      };
      await options.record(tx, done);
      return done;
    });
    options.note('planning statistics');
    await client.query('analyze');
    return summary;
  } finally {
    reader.close();
    client.release();
  }
}
