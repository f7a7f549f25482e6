import 'server-only';
import { getDatabase, getPool } from '@/lib/db/client';
import { isMigrated } from '@/lib/db/migrate';
import { log } from '@/lib/utils/log';

/** Whether the database answers. The reason it does not stands in the log alone. */
export async function isDatabaseUp(): Promise<boolean> {
  try {
    await getDatabase().execute('select 1');
    return true;
  } catch (error) {
    log.warn({ err: error }, 'the database does not answer');
    return false;
  }
}

/** Whether the database answers and has every table of this version. */
export async function isReadyToServe(): Promise<boolean> {
  try {
    return await isMigrated(getPool());
  } catch (error) {
    log.warn({ err: error }, 'the database is not ready');
    return false;
  }
}
