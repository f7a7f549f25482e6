import type { SpendGap } from '@/lib/domain/spend/spend-coverage';
import type { SpendRange } from '@/lib/domain/spend/spend-range';
import { formatDay, formatDayRange } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';

/** `1–19 Nov`, `28 Oct – 3 Nov`, `8 Nov`; with the years where they differ. */
export function rangeText({ from, to }: SpendRange): string {
  if (from === to) return formatDay(from);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${formatDay(to)}`;
  if (from.slice(0, 4) === to.slice(0, 4)) return `${formatDay(from)} – ${formatDay(to)}`;
  return formatDayRange(from, to);
}

const MOST_RANGES = 3;

function rangesText(ranges: readonly SpendRange[]): string {
  const named = ranges.slice(0, MOST_RANGES).map(rangeText).join(', ');
  const more = ranges.length - MOST_RANGES;
  return more > 0 ? `${named} and ${more} more` : named;
}

/** Which days are not known, and why. */
export function gapText({ connection, kind, ranges, days, reason }: SpendGap): string {
  const which = days === 1 ? rangesText(ranges) : `${rangesText(ranges)} (${formatPlural(days, 'day')})`;
  if (kind === 'unfinished') return `${connection}: ${which} was last read before the day had ended.`;
  return `${connection} was not read for ${which}${reason ? `: ${reason}` : '.'}`;
}

/** `$28,770 ± 1,240`: whole dollars, since it is an estimate. */
export function forecastText(forecast: { readonly monthEnd: string; readonly band: string }): {
  readonly end: string;
  readonly band: string;
} {
  return {
    end: formatUsd(forecast.monthEnd, { digits: 0 }),
    band: `± ${formatUsd(forecast.band, { digits: 0 }).replace('$', '')}`,
  };
}

/** How the estimate is made, in a sentence. */
export function forecastMethod(knownDays: number): string {
  return (
    `The forecast is an estimate: each day to come like its weekday on average over the last ${knownDays} days ` +
    'read, and today and days not read whole no lower than that. Four months in five would end within the ± if days go on varying as they did.'
  );
}
