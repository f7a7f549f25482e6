import 'server-only';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { drizzle, type NodePgDatabase, type NodePgTransaction } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';
import * as schema from '@/lib/db/schema';
import { getEnv } from '@/lib/env';
import { createPool } from './pool';

type Schema = typeof schema;
export type Database = NodePgDatabase<Schema> & {
  /** The pool; a transaction has none. */
  readonly $client?: Pool;
};
export type Transaction = NodePgTransaction<Schema, ExtractTablesWithRelations<Schema>>;
/** What a query needs: the database itself, or the transaction that it shall be part of. */
export type Queryable = Database | Transaction;

type OpenDatabase = { pool: Pool; database: Database };

declare global {
  // One pool a process, though Next loads this module several times (pages, actions, instrumentation).
  var keywardDatabase: OpenDatabase | undefined;
}

/** A drizzle database over a pool. A transaction's connection always returns to the pool. */
export function createDatabase(pool: Pool): Database {
  const database = drizzle(pool, { schema });
  // drizzle 0.45 loses the pool's connection for good when `begin` fails; with a pool of one that is the end.
  database.transaction = async (work, config) => {
    const connection = await pool.connect();
    try {
      return await drizzle(connection, { schema }).transaction(work, config);
    } finally {
      connection.release();
    }
  };
  return database;
}

function openDatabase(): OpenDatabase {
  if (globalThis.keywardDatabase !== undefined) return globalThis.keywardDatabase;
  const env = getEnv();
  const pool = createPool({ url: env.databaseUrl, kind: env.databaseKind });
  globalThis.keywardDatabase = { pool, database: createDatabase(pool) };
  return globalThis.keywardDatabase;
}

/**
 * The process's database, connected on first use.
 * On the embedded one a transaction holds the only connection: inside it use the transaction, never this.
 * @throws {EnvError} when the settings are at fault.
 */
export function getDatabase(): Database {
  return openDatabase().database;
}

/** The pool behind `getDatabase`, for the job queue, which brings its own SQL. */
export function getPool(): Pool {
  return openDatabase().pool;
}

/** Closes all connections; a later `getDatabase` opens new ones. */
export async function closeDatabase(): Promise<void> {
  const opened = globalThis.keywardDatabase;
  globalThis.keywardDatabase = undefined;
  await opened?.pool.end();
}
