import {
  addDays,
  addMonths,
  daysBetween,
  eachDay,
  firstOfMonth,
  lastOfMonth,
  type UtcDay,
} from '../periods/utc-day';

/** UTC days, both included. */
export type SpendRange = { readonly from: UtcDay; readonly to: UtcDay };

export const spendPresets = ['7d', '30d', 'this-month', 'last-month', 'this-quarter'] as const;
export type SpendPreset = (typeof spendPresets)[number];

export const spendPresetWords: Record<SpendPreset, string> = {
  '7d': '7 d',
  '30d': '30 d',
  'this-month': 'This month',
  'last-month': 'Last month',
  'this-quarter': 'Quarter',
};

export function earlierDay(a: UtcDay, b: UtcDay): UtcDay {
  if (a < b) return a;
  return b;
}

export function laterDay(a: UtcDay, b: UtcDay): UtcDay {
  if (a > b) return a;
  return b;
}

function firstOfQuarter(day: UtcDay): UtcDay {
  return addMonths(firstOfMonth(day), -((Number(day.slice(5, 7)) - 1) % 3));
}

/** The days of a preset. This month reaches to its end, since its end is forecast; the others end today. */
export function presetRange(preset: SpendPreset, today: UtcDay): SpendRange {
  switch (preset) {
    case '7d':
      return { from: addDays(today, -6), to: today };
    case '30d':
      return { from: addDays(today, -29), to: today };
    case 'this-month':
      return { from: firstOfMonth(today), to: lastOfMonth(today) };
    case 'last-month': {
      const from = addMonths(firstOfMonth(today), -1);
      return { from, to: lastOfMonth(from) };
    }
    case 'this-quarter':
      return { from: firstOfQuarter(today), to: today };
  }
}

/** The oldest day that can be chosen. */
export function oldestSpendDay(today: UtcDay): UtcDay {
  return addDays(today, -399);
}

export type RangeChoice = {
  readonly preset: SpendPreset | null;
  readonly from: UtcDay | null;
  readonly to: UtcDay | null;
};

/** What an address asks for: a preset, or two days kept within what can be chosen; else this month. */
export function resolveRange(
  choice: RangeChoice,
  today: UtcDay,
): SpendRange & { readonly preset: SpendPreset | null } {
  const { preset, from, to } = choice;
  if (preset === null && from !== null && to !== null && from <= to && from <= today) {
    const range = { from: laterDay(from, oldestSpendDay(today)), to: earlierDay(to, today) };
    if (range.from <= range.to) return { ...range, preset: null };
  }
  const known = preset ?? 'this-month';
  return { ...presetRange(known, today), preset: known };
}

/** The last day of the range that can have figures; a range that lies ahead ends before it begins. */
export function lastKnownDay(range: SpendRange, today: UtcDay): UtcDay {
  return earlierDay(range.to, today);
}

/** Whether the range is the running month, whole: only then its end is forecast. */
export function isRunningMonth(range: SpendRange, today: UtcDay): boolean {
  return range.from === firstOfMonth(today) && range.to === lastOfMonth(today);
}

function sameDays(range: SpendRange, months: number): SpendRange {
  const to = addMonths(range.to, -months);
  return {
    from: addMonths(range.from, -months),
    to: range.to === lastOfMonth(range.to) ? lastOfMonth(to) : to,
  };
}

/**
 * What a range is compared with. Days from the first of a month or a quarter on: the same days of the month or
 * quarter before, or up to its end when it is shorter. Any other range: as many days just before it.
 */
export function previousRange(range: SpendRange): SpendRange {
  const { from, to } = range;
  if (from === firstOfMonth(from) && to <= lastOfMonth(from)) return sameDays(range, 1);
  if (from === firstOfQuarter(from) && to <= lastOfMonth(addMonths(from, 2))) return sameDays(range, 3);
  const length = daysBetween(from, to) + 1;
  return { from: addDays(from, -length), to: addDays(from, -1) };
}

/** A range put together from whole months and single days: what to add, and what of the months to take away. */
export type RangeParts = {
  readonly months: readonly UtcDay[];
  readonly plus: readonly SpendRange[];
  readonly minus: readonly SpendRange[];
};

/**
 * The cheapest way to sum a range from monthly sums and daily facts: a month that is mostly within the range is
 * taken whole, less its other days. Nothing lies after today, so the running month is whole up to today.
 */
export function rangeParts(range: SpendRange, today: UtcDay): RangeParts {
  const months: UtcDay[] = [];
  const plus: SpendRange[] = [];
  const minus: SpendRange[] = [];
  for (let month = firstOfMonth(range.from); month <= range.to; month = addMonths(month, 1)) {
    const end = earlierDay(lastOfMonth(month), today);
    const from = laterDay(range.from, month);
    const to = earlierDay(range.to, end);
    if (to < from) continue;
    const outside = [
      { from: month, to: addDays(from, -1) },
      { from: addDays(to, 1), to: end },
    ].filter((part) => part.from <= part.to);
    const outsideDays = outside.reduce((sum, part) => sum + eachDay(part.from, part.to).length, 0);
    if (outsideDays > daysBetween(from, to) + 1) {
      plus.push({ from, to });
    } else {
      months.push(month);
      minus.push(...outside);
    }
  }
  return { months, plus, minus };
}
