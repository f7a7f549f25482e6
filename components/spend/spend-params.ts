import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { parseUtcDay, type UtcDay } from '@/lib/domain/periods/utc-day';
import { parseIds, type SpendQuery, spendDimensions } from '@/lib/domain/spend/spend-query';
import { resolveRange, type SpendPreset, spendPresets } from '@/lib/domain/spend/spend-range';

export const spendShapes = ['daily', 'cumulative'] as const;
export type SpendShape = (typeof spendShapes)[number];

/** Everything that the page shows stands in its address. */
export const spendParams = {
  range: parseAsStringLiteral(spendPresets),
  from: parseAsString,
  to: parseAsString,
  by: parseAsStringLiteral(spendDimensions).withDefault('team'),
  show: parseAsStringLiteral(spendShapes).withDefault('daily'),
  connection: parseAsString,
  team: parseAsString,
};
export type SpendParams = inferParserType<typeof spendParams>;

/** Reads the address on the server, as the browser does. */
export const loadSpendParams = createLoader(spendParams);

function dayOf(text: string | null): UtcDay | null {
  return text?.length === 10 ? parseUtcDay(text) : null;
}

export type SpendChoice = { readonly query: SpendQuery; readonly preset: SpendPreset | null };

/** The query that an address means on a day. */
export function spendChoiceOf(params: SpendParams, today: UtcDay): SpendChoice {
  const { preset, from, to } = resolveRange(
    { preset: params.range, from: dayOf(params.from), to: dayOf(params.to) },
    today,
  );
  const query = {
    from,
    to,
    by: params.by,
    connections: parseIds(params.connection),
    teams: parseIds(params.team),
  };
  return { query, preset };
}
