import 'server-only';
import { setMaxListeners } from 'node:events';
import { and, eq } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { reads } from '@/lib/db/schema';
import { log } from '@/lib/utils/log';
import { toReadError } from '../changes/change-failure';
import type { ConnectionRow } from '../connections/provider-gateway';
import type { ServerContext } from '../context';
import { AppError } from '../errors';
import { closeDeadReads } from './close-dead-reads';
import { liveReads, ReadStopped, STOPPED } from './live-reads';

/** Progress is written at most so often; a sign of life comes with every look. */
const LOOK_EVERY_MS = 500;
const ALIVE_EVERY_MS = 2_000;

export type ReadEnd = {
  readonly state: 'complete' | 'partial';
  /** Why it is partial, or what else went wrong beside a complete read. */
  readonly failure: string | null;
};

export type ReadResult = {
  readonly readId: string;
  readonly state: 'complete' | 'partial' | 'failed' | 'cancelled';
  readonly failure: string | null;
};

export type TrackedRead = {
  readonly id: string;
  readonly startedAt: Date;
  /** Since the beginning, by a clock that nobody sets. */
  elapsedMs(): number;
  readonly signal: AbortSignal;
  report(done: number, total: number | null): void;
  /** Throws inside a transaction when the read was closed by someone else meanwhile: it must store nothing. */
  requireRunning(tx: Transaction): Promise<void>;
};

type Kind = 'keys' | 'usage';

/**
 * Runs one read of a connection with its row in `reads`: progress, signs of life, cancel, and the end. What goes
 * wrong at the provider is the result, with a sentence for people; nothing stored earlier is touched by it.
 * Throws `conflict` while the same kind of read runs already.
 */
export async function trackRead(
  context: ServerContext,
  connection: ConnectionRow,
  options: { readonly kind: Kind; readonly signal?: AbortSignal | undefined },
  work: (read: TrackedRead) => Promise<ReadEnd>,
): Promise<ReadResult> {
  const startedAt = context.now();
  const began = performance.now();
  const elapsedMs = () => performance.now() - began;
  const readId = await insertRead(context, connection, options.kind, startedAt);
  const controller = new AbortController();
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  liveReads().set(readId, { id: readId, connectionId: connection.id, kind: options.kind, controller, ended });
  const signal = options.signal ? AbortSignal.any([options.signal, controller.signal]) : controller.signal;
  // Each call in flight listens to it; many at once are meant.
  setMaxListeners(0, signal);
  const pulse = startPulse(context, readId, controller);
  const requireRunning = (tx: Transaction) => requireRunningRow(tx, readId);
  try {
    const done = await work({
      id: readId,
      startedAt,
      elapsedMs,
      signal,
      report: pulse.report,
      requireRunning,
    });
    return await closeRead(context, pulse, { readId, ...done });
  } catch (error) {
    const failed = endOfError(error, signal, connection, context.requestId);
    return await closeRead(context, pulse, { readId, ...failed });
  } finally {
    liveReads().delete(readId);
    end();
  }
}

async function insertRead(
  context: ServerContext,
  connection: ConnectionRow,
  kind: Kind,
  startedAt: Date,
): Promise<string> {
  await closeDeadReads(context.db, startedAt);
  const [row] = await context.db
    .insert(reads)
    .values({
      connectionId: connection.id,
      kind,
      state: 'running',
      startedAt,
      aliveAt: startedAt,
      requestedBy: context.actor.kind === 'user' ? context.actor.id : null,
    })
    .onConflictDoNothing()
    .returning({ id: reads.id });
  if (!row) throw new AppError('conflict', `${connection.name} is being read right now.`);
  return row.id;
}

async function requireRunningRow(tx: Queryable, readId: string): Promise<void> {
  const [row] = await tx.select({ state: reads.state }).from(reads).where(eq(reads.id, readId)).for('share');
  if (row?.state !== 'running') throw new ReadStopped('superseded');
}

type Pulse = {
  readonly report: (done: number, total: number | null) => void;
  /** Ends the pulse and answers the last progress. */
  readonly stop: () => Promise<{ readonly done: number; readonly total: number | null }>;
};

function startPulse(context: ServerContext, readId: string, controller: AbortController): Pulse {
  let progress: { done: number; total: number | null } = { done: 0, total: null };
  let written = progress;
  let beatAt = performance.now();
  let beat: Promise<void> = Promise.resolve();
  let isBeating = false;
  const look = () => {
    if (isBeating || (written === progress && performance.now() - beatAt < ALIVE_EVERY_MS)) return;
    isBeating = true;
    written = progress;
    beatAt = performance.now();
    beat = giveSignOfLife(context, readId, progress, controller).finally(() => {
      isBeating = false;
    });
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    report: (done, total) => {
      if (done !== progress.done || total !== progress.total) progress = { done, total };
    },
    stop: async () => {
      clearInterval(timer);
      await beat;
      return progress;
    },
  };
}

async function giveSignOfLife(
  context: ServerContext,
  readId: string,
  progress: { readonly done: number; readonly total: number | null },
  controller: AbortController,
): Promise<void> {
  try {
    const [row] = await context.db
      .update(reads)
      .set({ ...progress, aliveAt: context.now() })
      .where(and(eq(reads.id, readId), eq(reads.state, 'running')))
      .returning({ isCancelAsked: reads.isCancelAsked });
    if (!row) controller.abort(new ReadStopped('superseded'));
    else if (row.isCancelAsked) controller.abort(new ReadStopped('cancelled'));
  } catch (error) {
    log.warn({ err: error, readId }, 'The progress of a read could not be written');
  }
}

async function closeRead(context: ServerContext, pulse: Pulse, result: ReadResult): Promise<ReadResult> {
  const progress = await pulse.stop();
  await context.db
    .update(reads)
    .set({ ...progress, state: result.state, failure: result.failure, finishedAt: context.now() })
    .where(and(eq(reads.id, result.readId), eq(reads.state, 'running')));
  return result;
}

/** What a person is told of a read that did not come through. */
function endOfError(
  error: unknown,
  signal: AbortSignal,
  connection: ConnectionRow,
  requestId: string,
): Pick<ReadResult, 'state' | 'failure'> {
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (cause instanceof ReadStopped && cause.reason !== 'cancelled')
    return { state: 'failed', failure: STOPPED };
  if (signal.aborted) return { state: 'cancelled', failure: null };
  const told = error instanceof AppError ? error : toReadError(error, connection.name);
  if (told.code === 'internal')
    log.error({ err: error, requestId, connectionId: connection.id }, 'read failed');
  return { state: 'failed', failure: told.message };
}
