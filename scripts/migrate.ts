import { closeDatabase, getPool } from '@/lib/db/client';
import { MigrationError, migrateDatabase } from '@/lib/db/migrate';
import { EnvError } from '@/lib/env';

// Run with `tsx --conditions=react-server scripts/migrate.ts`.

function explain(error: unknown): string {
  if (error instanceof EnvError || error instanceof MigrationError) return error.message;
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return `The database could not be brought up to date: ${reason}`;
}

try {
  const count = await migrateDatabase(getPool());
  console.log(
    count === 0
      ? 'The database is up to date.'
      : `Applied ${count} ${count === 1 ? 'migration' : 'migrations'} to the database.`,
  );
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
