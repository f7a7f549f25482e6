import { daysBetween, eachDay, type UtcDay } from '../periods/utc-day';
import type { SpendRange } from './spend-range';

/**
 * What is known of a UTC day over all connections asked about: read whole after it ended; the running day;
 * read in part (a connection is missing, or was read before the day ended); not read at all.
 */
export type SpendDayState = 'final' | 'today' | 'partial' | 'missing';

/** How one connection's days were read: one character a day, `c` complete, `o` open, `m` missing. */
export type ConnectionCoverage = {
  readonly id: number;
  readonly name: string;
  readonly states: string;
  /** The newest reason told for a day that could not be read. */
  readonly reason: string | null;
};

function stateOf(marks: readonly string[], isToday: boolean): SpendDayState {
  const isMissing = marks.length > 0 && marks.every((mark) => mark === 'm');
  if (isMissing) return 'missing';
  if (isToday) return 'today';
  return marks.every((mark) => mark === 'c') ? 'final' : 'partial';
}

/** The state of each day from `from` on; every coverage begins on that day. */
export function dayStates(
  from: UtcDay,
  to: UtcDay,
  coverage: readonly ConnectionCoverage[],
  today: UtcDay,
): SpendDayState[] {
  return eachDay(from, to).map((day, at) =>
    stateOf(
      coverage.map(({ states }) => states.charAt(at) || 'm'),
      day === today,
    ),
  );
}

/** Days of one connection that are not known whole. */
export type SpendGap = {
  readonly connection: string;
  /** Not read at all, or read before the day had ended. */
  readonly kind: 'missing' | 'unfinished';
  readonly ranges: readonly SpendRange[];
  readonly days: number;
  readonly reason: string | null;
};

const kinds = [
  { kind: 'missing', mark: 'm' },
  { kind: 'unfinished', mark: 'o' },
] as const;

function rangesOf(days: readonly UtcDay[]): SpendRange[] {
  const ranges: { from: UtcDay; to: UtcDay }[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last && daysBetween(last.to, day) === 1) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

/** What is not known within a range, by connection. Today is never a gap: it is not over. */
export function coverageGaps(
  coverageFrom: UtcDay,
  range: SpendRange,
  coverage: readonly ConnectionCoverage[],
  today: UtcDay,
): SpendGap[] {
  const ended = eachDay(range.from, range.to).filter((day) => day < today);
  return coverage.flatMap(({ name, states, reason }) =>
    kinds.flatMap(({ kind, mark }): SpendGap[] => {
      const days = ended.filter((day) => (states.charAt(daysBetween(coverageFrom, day)) || 'm') === mark);
      if (days.length === 0) return [];
      return [{ connection: name, kind, ranges: rangesOf(days), days: days.length, reason }];
    }),
  );
}

/** How many ended days of the range have a gap at any connection. */
export function unknownDays(
  coverageFrom: UtcDay,
  range: SpendRange,
  coverage: readonly ConnectionCoverage[],
  today: UtcDay,
): number {
  return eachDay(range.from, range.to).filter((day) => {
    const at = daysBetween(coverageFrom, day);
    return day < today && coverage.some(({ states }) => states.charAt(at) !== 'c');
  }).length;
}
