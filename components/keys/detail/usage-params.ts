import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { parseUtcDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import {
  earlierDay,
  resolveRange,
  type SpendPreset,
  type SpendRange,
  spendPresets,
} from '@/lib/domain/spend/spend-range';

export const usageMeasures = ['spend', 'requests'] as const;
export type UsageMeasure = (typeof usageMeasures)[number];

/** The days and the measure of the chart stand in the address, by the names that the spend page has. */
export const usageParams = {
  range: parseAsStringLiteral(spendPresets),
  from: parseAsString,
  to: parseAsString,
  show: parseAsStringLiteral(usageMeasures).withDefault('spend'),
  /** `key` leaves out what came before and after it. */
  of: parseAsStringLiteral(['key']),
};

/** Reads the address on the server, as the browser does. */
export const loadUsageParams = createLoader(usageParams);

function dayOf(text: string | null): UtcDay | null {
  return text?.length === 10 ? parseUtcDay(text) : null;
}

export type UsageRange = SpendRange & { readonly preset: SpendPreset | null };

/** The days that an address means; nothing is drawn of days that lie ahead. */
export function usageRangeOf(
  params: { readonly range: SpendPreset | null; readonly from: string | null; readonly to: string | null },
  today: UtcDay,
): UsageRange {
  const range = resolveRange({ preset: params.range, from: dayOf(params.from), to: dayOf(params.to) }, today);
  return { ...range, to: earlierDay(range.to, today) };
}
