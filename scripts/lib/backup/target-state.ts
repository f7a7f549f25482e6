import type { PoolClient } from 'pg';
import { Fault } from '../fault.mjs';
import { countRows, knownTables, listEveryTable, UNLOGGED_TABLES } from './keyward-tables';

/** Schemas that belong to Keyward besides its tables: what is migrated, and the job queue. */
const OWN_SCHEMAS = ['drizzle', 'pgboss'];

async function requireNobodyElse(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*) as count from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name = 'keyward'`,
  );
  const count = rows[0]?.count ?? 0;
  if (count > 0) throw new Fault('Keyward is connected to this database. Stop every instance of it first.');
}

async function ownTables(client: PoolClient): Promise<readonly string[]> {
  const known = new Set([...knownTables(), ...UNLOGGED_TABLES]);
  const tables = await listEveryTable(client);
  const foreign = tables.filter((table) => !known.has(table));
  if (foreign.length === 0) return tables;
  throw new Fault(
    'This database holds tables that this version of Keyward does not know. Restore into a database of its own.',
    [foreign.join(', ')],
  );
}

async function describeContents(client: PoolClient, tables: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const table of tables) {
    const count = await countRows(client, table);
    if (count > 0) lines.push(`${table.padEnd(24)} ${count.toLocaleString('en').padStart(12)} rows`);
  }
  return lines;
}

/**
 * Makes room for a backup, within the transaction: nothing to do in an empty database; one with a Keyward in it is
 * emptied when that is forced. Throws a Fault that says what is there, and for whatever is not Keyward's.
 */
export async function makeRoom(client: PoolClient, isForced: boolean): Promise<void> {
  await requireNobodyElse(client);
  const tables = await ownTables(client);
  const { rows } = await client.query<{ name: string }>(
    'select nspname as name from pg_namespace where nspname = any($1::text[]) order by nspname',
    [OWN_SCHEMAS],
  );
  if (tables.length === 0 && rows.length === 0) return;
  if (!isForced) {
    throw new Fault('The database is not empty. With --force all of this is replaced by the backup:', [
      ...(await describeContents(client, tables)),
      ...(tables.length === 0 ? rows.map(({ name }) => `the schema ${name}`) : []),
    ]);
  }
  for (const table of tables) await client.query(`drop table if exists public."${table}" cascade`);
  for (const { name } of rows) await client.query(`drop schema if exists "${name}" cascade`);
}
