import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/** When a read began and stored what it was told, by the clock on the wall, and how long that truly took. */
export type ReadSpan = {
  readonly startedAt: Date;
  readonly storedAt: Date;
  /** By a clock that nobody sets; the difference of both moments unless given. */
  readonly elapsedMs?: number | undefined;
  /** Keys that Keyward surely wrote since it began, whatever the clocks say. */
  readonly writtenIds?: readonly number[] | undefined;
};

const WRONG_CLOCK_MS = 60_000;

type Column = 'k.written_at' | 'k.first_seen_at';

/**
 * Whether the moment in a column lies after the beginning of a read; false for null. The clock may be set while the
 * read runs: then both clocks count. A moment ahead of the read's end by more than a minute was written while a clock
 * stood wrong: it must not keep the truth out until the clock has caught up with it.
 */
export function isSinceBegin(column: Column, span: ReadSpan): SQL {
  const startedAt = span.startedAt.getTime();
  const storedAt = span.storedAt.getTime();
  const elapsedMs = span.elapsedMs ?? Math.max(0, storedAt - startedAt);
  const from = new Date(Math.min(startedAt, storedAt - elapsedMs));
  const until = new Date(Math.max(storedAt, startedAt + elapsedMs) + WRONG_CLOCK_MS);
  const moment = sql.raw(column);
  const isByClock = sql`coalesce(${moment} >= ${from}::timestamptz and ${moment} <= ${until}::timestamptz, false)`;
  const written = span.writtenIds ?? [];
  return written.length === 0
    ? isByClock
    : sql`(${isByClock} or k.id = any(${sql.param([...written])}::int[]))`;
}
