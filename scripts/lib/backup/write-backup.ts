import type { PoolClient } from 'pg';
import { readApplied, readMigrations } from '@/lib/db/migrate';
import { runCopyOut } from '@/lib/db/run-copy-out';
import { Fault } from '../fault.mjs';
import { inRoot } from '../paths.mjs';
import { type BackupHeader, END_OF_ROWS, FORMAT_VERSION, type Note, sumRows } from './backup-format';
import { type BackupWriter, createBackupWriter } from './backup-writer';
import { knownTables, listColumns, listIdentities, listTables, sqlColumns, sqlTable } from './keyward-tables';

/** About so many bytes of a table are read by one statement, and held in memory. */
const PIECE_BYTES = 4 * 1_024 * 1_024;
const MAX_PIECE_BLOCKS = 1_024;

export type BackupSummary = { readonly header: BackupHeader; readonly counts: Map<string, number> };

/** Values as text must not depend on the settings of a server or a role. */
const SETTINGS = [
  "set local timezone = 'UTC'",
  "set local datestyle = 'ISO, YMD'",
  "set local intervalstyle = 'postgres'",
  "set local bytea_output = 'hex'",
  'set local extra_float_digits = 1',
  "set local client_encoding = 'UTF8'",
  'set local statement_timeout = 0',
  'set local idle_in_transaction_session_timeout = 0',
];

async function readKnownMigrations(client: PoolClient): Promise<BackupHeader['migrations']> {
  const applied = await readApplied(client);
  const known = new Set(readMigrations(inRoot('lib/db/migrations')).map(({ folderMillis }) => folderMillis));
  if (applied.size === 0) throw new Fault('This database holds no Keyward.');
  const migrations = [...applied].map(([when, hash]) => ({ when, hash })).sort((a, b) => a.when - b.when);
  if (migrations.some(({ when }) => !known.has(when))) {
    throw new Fault('This database belongs to a newer version of Keyward. Back it up with that version.');
  }
  return migrations;
}

async function readHeader(client: PoolClient, tables: readonly string[], now: Date): Promise<BackupHeader> {
  const { rows } = await client.query<{ server: string; seq: number; hash: string }>(
    `select version() as server, seq, encode(hash, 'hex') as hash from audit_head where id = 1`,
  );
  const [found] = rows;
  if (!found) throw new Fault('The audit log of this database has no head: it is damaged.');
  const identities: BackupHeader['identities'] = [];
  for (const { table, column, sequence } of await listIdentities(client)) {
    const state = await client.query<{ last: number | null }>(
      `select case when is_called then last_value end as last from ${sequence}`,
    );
    if (tables.includes(table)) identities.push({ table, column, last: state.rows[0]?.last ?? null });
  }
  return {
    format: 'keyward-backup',
    version: FORMAT_VERSION,
    createdAt: now.toISOString(),
    server: found.server.split(' on ')[0] ?? found.server,
    migrations: await readKnownMigrations(client),
    tables: [...tables],
    identities,
    audit: { seq: found.seq, hash: found.hash },
  };
}

/** How many of a table's blocks make one piece, and how many there are. */
async function measure(client: PoolClient, table: string): Promise<{ blocks: number; piece: number }> {
  const { rows } = await client.query<{ blocks: number; bytes: number }>(
    `select pg_relation_size($1::regclass) / current_setting('block_size')::int as blocks,
       pg_table_size($1::regclass) as bytes`,
    [sqlTable(table)],
  );
  const { blocks, bytes } = rows[0] ?? { blocks: 0, bytes: 0 };
  const piece = Math.floor((PIECE_BYTES * blocks) / Math.max(1, bytes));
  return { blocks, piece: Math.min(MAX_PIECE_BLOCKS, Math.max(1, piece)) };
}

async function writeTable(
  client: PoolClient,
  writer: BackupWriter,
  table: string,
  note: Note,
): Promise<number> {
  const columns = (await listColumns(client, table)).map(({ name }) => name);
  await writer.write(`${JSON.stringify({ table, columns })}\n`);
  const { blocks, piece } = await measure(client, table);
  let total = 0;
  for (let from = 0; from < blocks; from += piece) {
    // A range of row places is read directly, so that all pieces together cost one pass over the table.
    const lines: Buffer[] = [];
    total += await runCopyOut(
      client,
      `copy (select ${sqlColumns(columns)} from ${sqlTable(table)}
        where ctid >= '(${from},0)' and ctid < '(${from + piece},0)') to stdout`,
      (row) => lines.push(Buffer.from(row)),
    );
    await writer.write(Buffer.concat(lines));
    note(`${table}: ${total.toLocaleString('en')} rows`);
  }
  await writer.write(`${END_OF_ROWS}\n${JSON.stringify({ table, rows: total })}\n`);
  return total;
}

async function writeAll(
  client: PoolClient,
  writer: BackupWriter,
  now: Date,
  note: Note,
): Promise<BackupSummary> {
  const known = knownTables();
  const tables = (await listTables(client)).filter((table) => known.has(table));
  if (!tables.includes('audit_head')) throw new Fault('This database holds no Keyward.');
  await client.query('begin isolation level repeatable read read only');
  for (const setting of SETTINGS) await client.query(setting);
  // Before the snapshot, so that no migration can come between it and the tables.
  await client.query(`lock table ${tables.map(sqlTable).join(', ')} in access share mode`);
  const header = await readHeader(client, tables, now);
  await writer.write(`${JSON.stringify(header)}\n`);
  const counts = new Map<string, number>();
  for (const table of tables) counts.set(table, await writeTable(client, writer, table, note));
  await client.query('commit');
  return { header, counts };
}

/**
 * Writes one consistent state of the database into a new file, while others go on writing, in one read-only
 * transaction on this one connection. Secrets go over as they are stored: sealed. Throws a Fault when the file
 * exists or the database is none of this version; then there is no file.
 */
export async function writeBackup(
  client: PoolClient,
  options: { readonly path: string; readonly now: Date; readonly note: Note },
): Promise<BackupSummary> {
  const writer = createBackupWriter(options.path);
  try {
    const summary = await writeAll(client, writer, options.now, options.note);
    const end = { end: true, rows: sumRows(summary.counts), sha256: writer.digest() };
    await writer.write(`${JSON.stringify(end)}\n`);
    await writer.finish();
    return summary;
  } catch (error) {
    writer.discard();
    // A lost connection has rolled back by itself; what went wrong first is what counts.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
