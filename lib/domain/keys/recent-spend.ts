import { addDays, startOfUtcDay, type UtcDay } from '../periods/utc-day';

/** How many UTC days the sparkline spans, today included. */
export const RECENT_DAYS = 30;
/** The pace is what a key spends a day over so many whole days. */
export const PACE_DAYS = 7;

const DAY_MS = 86_400_000;

/**
 * The last 30 UTC days of spend of every key within reach, by column. Dollars here are for drawing and
 * sorting; exact figures stand in the table itself. Bars, peak and total count the days on which a key was one of the
 * viewer's teams'; pace and last use are the whole key's, since limits count all of it.
 */
export type RecentSpendWire = {
  /** The first day; the last one is today, which is not final. */
  readonly from: UtcDay;
  /** By connection: one character a day, `1` where usage was read, `0` where it was not. */
  readonly known: Readonly<Record<number, string>>;
  /** Keys that were used on some of these days while they were not the viewer's teams'. */
  readonly shared: readonly number[];
  readonly columns: {
    readonly id: readonly number[];
    /** One character a day: its share of the key's highest day in 64 steps. */
    readonly bars: readonly string[];
    /** The highest day, in dollars. */
    readonly peak: readonly number[];
    readonly total: readonly number[];
    /** Dollars a day over the last 7 whole days that were read. */
    readonly pace: readonly number[];
    /** Index of the last day with requests, −1 for none. */
    readonly lastDay: readonly number[];
  };
};

export type KeyRecent = {
  readonly bars: string;
  readonly peak: number;
  readonly total: number;
  readonly pace: number;
  /** Not all that it spent is in `bars`, `peak` and `total`: on some days it was not the viewer's teams'. */
  readonly isShared: boolean;
  /** The first moment of the last UTC day with requests within the 30 days. */
  readonly lastUsedDayMs: number | null;
};

export type RecentSpend = {
  readonly from: UtcDay;
  readonly of: (keyId: number) => KeyRecent;
  readonly known: (connectionId: number) => string;
};

/** The ground, then 63 steps up to the highest day. */
const STEPS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const TOP = STEPS.length - 1;

/** The character of one day; any spend at all is at least the first step above the ground. */
export function barOf(value: number, peak: number): string {
  if (value <= 0 || peak <= 0) return STEPS.charAt(0);
  return STEPS.charAt(Math.min(TOP, Math.max(1, Math.round((value / peak) * TOP))));
}

/** What the sparkline draws, in shares of the highest day; null where usage was not read. */
export function barValues(bars: string, known: string): (number | null)[] {
  return Array.from({ length: RECENT_DAYS }, (_, at) => {
    const value = STEPS.indexOf(bars.charAt(at));
    if (value > 0) return value / TOP;
    return known.charAt(at) === '1' ? 0 : null;
  });
}

const NOTHING_KNOWN = '0'.repeat(RECENT_DAYS);
const NO_SPEND: KeyRecent = {
  bars: STEPS.charAt(0).repeat(RECENT_DAYS),
  peak: 0,
  total: 0,
  pace: 0,
  isShared: false,
  lastUsedDayMs: null,
};

export function decodeRecentSpend(wire: RecentSpendWire): RecentSpend {
  const { columns, from } = wire;
  const fromMs = startOfUtcDay(from).getTime();
  const positions = new Map(columns.id.map((id, at) => [id, at]));
  const shared = new Set(wire.shared);
  const readRow = (id: number, at: number): KeyRecent => {
    const lastDay = columns.lastDay[at] ?? -1;
    return {
      bars: columns.bars[at] ?? NO_SPEND.bars,
      peak: columns.peak[at] ?? 0,
      total: columns.total[at] ?? 0,
      pace: columns.pace[at] ?? 0,
      isShared: shared.has(id),
      lastUsedDayMs: lastDay < 0 ? null : fromMs + lastDay * DAY_MS,
    };
  };
  return {
    from,
    of: (keyId) => {
      const at = positions.get(keyId);
      return at === undefined ? NO_SPEND : readRow(keyId, at);
    },
    known: (connectionId) => wire.known[connectionId] ?? NOTHING_KNOWN,
  };
}

/** The day on which the key spent most; null when it spent nothing. */
export function peakDay(recent: KeyRecent, from: UtcDay): UtcDay | null {
  const at = recent.bars.indexOf(STEPS.charAt(TOP));
  return at < 0 ? null : addDays(from, at);
}

export type LastUse = { readonly atMs: number; readonly isDay: boolean };

/**
 * When a key was last used: the moment the provider tells, or else the last UTC day with requests. Null when
 * neither is known.
 */
export function lastUseOf(
  row: { readonly id: number; readonly lastUsedAtMs: number | null },
  recent: RecentSpend | null,
): LastUse | null {
  const dayMs = recent?.of(row.id).lastUsedDayMs ?? null;
  if (row.lastUsedAtMs !== null && (dayMs === null || row.lastUsedAtMs >= dayMs)) {
    return { atMs: row.lastUsedAtMs, isDay: false };
  }
  return dayMs === null ? null : { atMs: dayMs, isDay: true };
}

/**
 * Whether a key has not been used for `days` (30 at most). A key whose use is not known counts as idle only
 * when it is not younger than that and its connection's usage was read for each of those days before today.
 */
export function isIdle(
  row: {
    readonly id: number;
    readonly connection: { readonly id: number };
    readonly lastUsedAtMs: number | null;
    readonly createdAtMs: number | null;
  },
  recent: RecentSpend | null,
  days: number,
  nowMs: number,
): boolean {
  const since = nowMs - days * DAY_MS;
  if (row.createdAtMs !== null && row.createdAtMs > since) return false;
  const last = lastUseOf(row, recent);
  if (last !== null) return last.atMs + (last.isDay ? DAY_MS : 0) <= since;
  const known = recent?.known(row.connection.id).slice(-days, -1) ?? '0';
  return !known.includes('0');
}
