import 'server-only';
import { addDays, eachDay, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { LATE_BOOKING_DAYS, takeWindow } from '@/lib/domain/usage/usage-plan';
import type { Provider } from '@/lib/providers/port';
import { ProviderError } from '@/lib/providers/provider-error';
import { toReadError } from '../changes/change-failure';
import type { ConnectionRow } from '../connections/provider-gateway';
import type { ServerContext } from '../context';
import { openForReading, requireReadable } from '../reads/open-for-reading';
import type { ReadConnectionInput } from '../reads/read-keys';
import { type ReadEnd, type ReadResult, type TrackedRead, trackRead } from '../reads/track-read';
import { markMissing } from './mark-usage-days';
import { storeUsage } from './store-usage';
import { listAskedKeys, planUsage } from './usage-state';

export type ReadUsageInput = ReadConnectionInput & {
  /** No further window is begun after so long; what is left waits for the next read. Null: to the end. */
  readonly maxMs?: number | null | undefined;
};

const DEFAULT_MAX_MS = 45_000;
/** The first window of history; the next ones grow or shrink with how long it took. */
const FIRST_WINDOW_DAYS = 7;
/** One window should take about so long, so that progress is seen and a stop loses little. */
const WINDOW_MS = 5_000;

type Run = {
  readonly context: ServerContext;
  readonly connection: ConnectionRow;
  readonly provider: Provider;
  readonly read: TrackedRead;
};

type Window = { readonly from: UtcDay; readonly to: UtcDay; readonly days: number };

/**
 * Reads usage: today and the days just ended first, then history, newest first, going on where an earlier read
 * stopped. Each window is stored by itself; one that fails leaves what was known and says why.
 * Throws as `readKeys` does.
 */
export async function readUsage(context: ServerContext, input: ReadUsageInput): Promise<ReadResult> {
  const connection = await requireReadable(context, input.connectionId);
  return trackRead(context, connection, { kind: 'usage', signal: input.signal }, async (read) => {
    const provider = await openForReading(context, connection);
    const { usageByDay, usageToday } = provider.capabilities;
    if (!usageByDay.can && !usageToday.can) return { state: 'complete', failure: usageByDay.reason };
    const maxMs = input.maxMs === undefined ? DEFAULT_MAX_MS : input.maxMs;
    return readWindows({ context, connection, provider, read }, maxMs);
  });
}

async function readWindows(run: Run, maxMs: number | null): Promise<ReadEnd> {
  const { context, connection, provider, read } = run;
  const startedMs = performance.now();
  const tried = new Set<UtcDay>();
  const gaps = new Set<string>();
  let historyDays = FIRST_WINDOW_DAYS;
  for (;;) {
    const { pending, horizon } = await planUsage(context, connection.id, provider.capabilities);
    const left = pending.filter((day) => !tried.has(day));
    const window = nextWindow(context, left, Math.min(historyDays, provider.capabilities.usageWindowDays));
    const total =
      left.length > LATE_BOOKING_DAYS + 1 || tried.size > LATE_BOOKING_DAYS + 1
        ? horizon
        : tried.size + left.length;
    const done = total - left.length;
    read.report(done, total);
    if (window === null) break;
    if (tried.size > 0 && maxMs !== null && performance.now() - startedMs >= maxMs) {
      return { state: 'partial', failure: `History is still being read: ${done} of ${total} days so far.` };
    }
    const windowMs = performance.now();
    let gap: string | null;
    try {
      const onShare = (share: number) => read.report(done + Math.floor(share * window.days), total);
      gap = await readWindow(run, window, onShare);
    } catch (error) {
      if (read.signal.aborted || tried.size === 0 || !(error instanceof ProviderError)) throw error;
      return { state: 'partial', failure: toReadError(error, connection.name).message };
    }
    if (gap !== null) gaps.add(gap);
    for (const day of eachDay(window.from, window.to)) tried.add(day);
    historyDays = nextSize(window.days, performance.now() - windowMs);
  }
  return gaps.size === 0
    ? { state: 'complete', failure: null }
    : { state: 'partial', failure: [...gaps].join(' ') };
}

/** Today and the days of late bookings go alone, so that what is new is there first. */
function nextWindow(context: ServerContext, left: readonly UtcDay[], maxDays: number): Window | null {
  const recent = left.filter((day) => day >= addDays(utcDayOf(context.now()), -LATE_BOOKING_DAYS));
  return takeWindow(recent.length > 0 ? recent : left, Math.max(1, maxDays));
}

function nextSize(days: number, tookMs: number): number {
  const affordable = Math.floor((days * WINDOW_MS) / Math.max(1, tookMs));
  return Math.max(1, Math.min(affordable, Math.max(FIRST_WINDOW_DAYS, days * 4)));
}

/** Reads and stores one window. Answers why some of its days are missing; null when none is. */
async function readWindow(
  run: Run,
  window: Window,
  onShare: (share: number) => void,
): Promise<string | null> {
  const { context, connection, provider, read } = run;
  const { signal } = read;
  const readAt = context.now();
  const asked = await listAskedKeys(context, connection.id, window.from);
  try {
    const batch = await provider.reads.readUsage(
      { from: window.from, to: window.to },
      asked.map((key) => key.externalId),
      { signal, onProgress: (done, total) => onShare(total ? Math.min(1, done / total) : 0) },
    );
    signal.throwIfAborted();
    const missing = new Set(batch.missingKeys);
    await storeUsage(context, {
      connectionId: connection.id,
      window,
      batch,
      askedKeyIds: asked.filter((key) => key.isLive && !missing.has(key.externalId)).map((key) => key.id),
      readAt,
      check: read.requireRunning,
    });
    return batch.coveredDays.length < window.days ? (batch.gap ?? 'Some days were not told.') : null;
  } catch (error) {
    if (!signal.aborted) {
      const reason = toReadError(error, connection.name).message;
      await markMissing(context.db, connection.id, eachDay(window.from, window.to), { reason, readAt });
    }
    throw error;
  }
}
