import type { PoolClient } from 'pg';
import { loadByCopy } from './copy-in';
import { loadByInsert } from './insert-rows';
import type { Column } from './keyward-tables';

/** Puts the rows of one table into it. */
export type RowLoader = {
  /** One row in COPY text format, without its newline. */
  add(line: string): Promise<void>;
  /** Resolves when the database has taken all rows. */
  end(): Promise<void>;
  /** Leaves the connection usable when reading failed half way. */
  abort(): Promise<void>;
};

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
