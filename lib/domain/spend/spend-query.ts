import type { UtcDay } from '../periods/utc-day';

/** What spend can be split by. */
export const spendDimensions = ['team', 'connection', 'key', 'model'] as const;
export type SpendDimension = (typeof spendDimensions)[number];

export const spendDimensionWords: Record<SpendDimension, { label: string; one: string; many: string }> = {
  team: { label: 'Team', one: 'team', many: 'teams' },
  connection: { label: 'Connection', one: 'connection', many: 'connections' },
  key: { label: 'Key', one: 'key', many: 'keys' },
  model: { label: 'Model', one: 'model', many: 'models' },
};

/** In an address, "no team" is a word. */
const NO_TEAM = 'none';

/** Ids from an address: `3,7,none`; what is not understood is left out. */
export function parseIds(text: string | null | undefined): readonly number[] {
  const ids = (text ?? '').split(',').flatMap((item) => {
    if (item === NO_TEAM) return [0];
    return /^[1-9]\d{0,8}$/.test(item) ? [Number(item)] : [];
  });
  return [...new Set(ids)];
}

/** Null for none. */
export function writeIds(ids: readonly number[]): string | null {
  return ids.length === 0 ? null : ids.map((id) => (id === 0 ? NO_TEAM : id)).join(',');
}

/** Days of the longest range: 400 back, and the rest of a running month. */
export const LONGEST_RANGE_DAYS = 431;

/** Which spend is asked for. Empty lists filter nothing; team 0 is "no team". */
export type SpendQuery = {
  readonly from: UtcDay;
  /** The last UTC day, included; may lie ahead. */
  readonly to: UtcDay;
  readonly by: SpendDimension;
  readonly connections: readonly number[];
  readonly teams: readonly number[];
};

/** The address form that `spendQuerySchema` reads. */
export function writeSpendQuery(query: SpendQuery): string {
  const search = new URLSearchParams({ from: query.from, to: query.to, by: query.by });
  const connection = writeIds(query.connections);
  const team = writeIds(query.teams);
  if (connection) search.set('connection', connection);
  if (team) search.set('team', team);
  return search.toString();
}
