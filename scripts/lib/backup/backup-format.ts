import { z } from 'zod';

/**
 * A backup is a gzip stream of lines. First a header in JSON. Then for each table a line of JSON that names it and
 * its columns, its rows in PostgreSQL's COPY text format, a line `\.` and a line of JSON with their count. Last a
 * line of JSON with the SHA-256 of all lines before it. Every line ends with a newline; COPY escapes those within
 * values, and the backslash too, so that no row can look like `\.`.
 */
export const FORMAT_VERSION = 1;
export const END_OF_ROWS = '\\.';

export const headerSchema = z.object({
  format: z.literal('keyward-backup'),
  version: z.int(),
  createdAt: z.iso.datetime(),
  server: z.string(),
  /** What the database had: their moments as in the journal, and the hash of each one's SQL. */
  migrations: z.array(z.object({ when: z.number(), hash: z.string() })).min(1),
  tables: z.array(z.string()).min(1),
  /** The last value that an identity column gave out; null when it gave none. */
  identities: z.array(z.object({ table: z.string(), column: z.string(), last: z.int().nullable() })),
  audit: z.object({ seq: z.int(), hash: z.string() }),
});
export type BackupHeader = z.infer<typeof headerSchema>;

export const tableLineSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export const countLineSchema = z.object({ table: z.string(), rows: z.int().nonnegative() });
export const endLineSchema = z.object({
  end: z.literal(true),
  rows: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What is in a backup, by table. */
export type TableCounts = ReadonlyMap<string, number>;

export function sumRows(counts: TableCounts): number {
  return [...counts.values()].reduce((sum, rows) => sum + rows, 0);
}

/** Tells how far a long work has come. */
export type Note = (text: string) => void;
