import type { PoolClient } from 'pg';
import { loadByCopy } from './copy-in';
import { loadByInsert } from './insert-rows';
import type { Column } from './keyward-tables';
import type { RowLoader } from './row-loader';

/** COPY where the database takes it. The embedded one breaks down on it: it waits for rows inside the statement. */
export async function createRowLoader(
  client: PoolClient,
  table: string,
  columns: readonly Column[],
): Promise<RowLoader> {
  const { rows } = await client.query<{ version: string }>('select version() as version');
  const isEmbedded = rows[0]?.version.includes('PGlite') === true;
  return isEmbedded ? loadByInsert(client, table, columns) : loadByCopy(client, table, columns);
}
