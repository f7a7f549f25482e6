import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

type Span = { readonly startedAt: Date; readonly storedAt: Date };

/**
 * Whether the moment in a column lies after the beginning of a read; false for null. One that lies ahead of the
 * read's end by more than a minute was written while a clock stood wrong: it must not keep the truth out until
 * the clock has caught up with it.
 */
export function isSinceBegin(column: 'k.written_at' | 'k.first_seen_at', { startedAt, storedAt }: Span): SQL {
  const moment = sql.raw(column);
  return sql`coalesce(${moment} >= ${startedAt}::timestamptz
    and ${moment} <= ${storedAt}::timestamptz + interval '1 minute', false)`;
}
