import 'server-only';
import { join } from 'node:path';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type { Pool, PoolClient } from 'pg';

const OLDEST_SERVER = 150_000;
// drizzle's own names, so that its tools see the same state.
const TABLE = 'drizzle.__drizzle_migrations';
const ADVISORY_LOCK = 7_391_204_613;

/** The database cannot be brought to this version's tables; the message says why and what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

function defaultFolder(): string {
  return join(/* turbopackIgnore: true */ process.cwd(), 'lib/db/migrations');
}

/**
 * Every migration of this version, oldest first.
 * @throws {MigrationError} when their folder cannot be read.
 */
export function readMigrations(migrationsFolder = defaultFolder()): MigrationMeta[] {
  try {
    return readMigrationFiles({ migrationsFolder });
  } catch (error) {
    throw new MigrationError(
      `The migrations in ${migrationsFolder} cannot be read; start Keyward in its folder.`,
      { cause: error },
    );
  }
}

/** The migrations that a database has, as hash by moment; none when it is not Keyward's. */
export async function readApplied(connection: Pool | PoolClient): Promise<Map<number, string>> {
  const found = await connection.query<{ table: string | null }>('select to_regclass($1) as table', [TABLE]);
  if (found.rows[0]?.table == null) return new Map();
  const { rows } = await connection.query<{ created_at: number | string; hash: string }>(
    `select created_at, hash from ${TABLE}`,
  );
  return new Map(rows.map((row) => [Number(row.created_at), row.hash]));
}

/** @throws {MigrationError} before PostgreSQL 15. */
export async function checkServerVersion(connection: PoolClient): Promise<void> {
  const { rows } = await connection.query<{ number: number; name: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
  );
  const version = rows[0];
  if (version === undefined || version.number < OLDEST_SERVER) {
    const name = version?.name ?? 'unknown';
    throw new MigrationError(`The database server is PostgreSQL ${name}, but Keyward needs 15 or newer.`);
  }
}

/**
 * Applies what is missing of these migrations, in the connection's own transaction; answers how many.
 * @throws {MigrationError} when the database has one that is not among them.
 */
export async function applyMissing(connection: PoolClient, migrations: MigrationMeta[]): Promise<number> {
  const applied = await readApplied(connection);
  const known = new Set(migrations.map((migration) => migration.folderMillis));
  if ([...applied.keys()].some((when) => !known.has(when))) {
    throw new MigrationError(
      'The database was migrated by a newer version of Keyward; start that version, or restore an older backup.',
    );
  }
  const missing = migrations.filter((migration) => !applied.has(migration.folderMillis));
  if (missing.length === 0) return 0;
  await connection.query('create schema if not exists drizzle');
  await connection.query(
    `create table if not exists ${TABLE} (id serial primary key, hash text not null, created_at bigint)`,
  );
  for (const migration of missing) {
    for (const statement of migration.sql) await connection.query(statement);
    await connection.query(`insert into ${TABLE} (hash, created_at) values ($1, $2)`, [
      migration.hash,
      migration.folderMillis,
    ]);
  }
  return missing.length;
}

/**
 * Applies what is missing, all or nothing, in one transaction on one connection. Instances that start together
 * wait for each other on an advisory lock of that transaction.
 * @returns how many migrations were applied.
 * @throws {MigrationError} for a server before PostgreSQL 15, a database of a newer Keyward, or missing files.
 */
export async function migrateDatabase(pool: Pool, folder = defaultFolder()): Promise<number> {
  const migrations = readMigrations(folder);
  const connection = await pool.connect();
  try {
    await checkServerVersion(connection);
    await connection.query('begin');
    await connection.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
    const count = await applyMissing(connection, migrations);
    await connection.query('commit');
    return count;
  } catch (error) {
    await connection.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}

/** Whether every migration of this version is applied. Throws what `pg` throws when the database is away. */
export async function isMigrated(pool: Pool, folder = defaultFolder()): Promise<boolean> {
  const applied = await readApplied(pool);
  return readMigrations(folder).every((migration) => applied.has(migration.folderMillis));
}
