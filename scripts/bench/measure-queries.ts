import { addDays, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { SpendDimension } from '@/lib/domain/spend/spend-query';
import type { ServerContext } from '@/lib/server/context';
import { getSpend } from '@/lib/server/spend/get-spend';
import { listDaySeries } from '@/lib/server/spend/list-day-series';
import type { SpendScope } from '@/lib/server/spend/spend-scope';
import { sumMembers } from '@/lib/server/spend/sum-members';
import { asMedian, asP95, type Measured, timeEach } from './samples';

const REPEATS = { runs: 40, warmUps: 4 };
const DRAWN = 6;
const YEAR_DAYS = 365;

/** The series of a chart over a year, by each dimension, with and without filters. */
export async function measureQueries(context: ServerContext): Promise<Measured[]> {
  const today = utcDayOf(context.now());
  const range = { from: addDays(today, 1 - YEAR_DAYS), to: today };
  const previous = { from: addDays(range.from, -1), to: addDays(range.from, -1) };
  const timeSeries = async (by: SpendDimension, scope: SpendScope) => {
    const { members } = await sumMembers(context, by, scope, { range, previous, today });
    const drawn = members.slice(0, DRAWN).map(({ id }) => id);
    return timeEach(() => listDaySeries(context, by, scope, range, drawn), REPEATS);
  };
  const all: SpendScope = { teams: null, connections: null };
  const someTeams: SpendScope = { teams: [3, 7, 12], connections: null };
  const filtered = [
    ...(await timeSeries('model', someTeams)),
    ...(await timeSeries('connection', someTeams)),
    ...(await timeSeries('model', { teams: [3, 7, 12], connections: [1, 2] })),
    ...(await timeSeries('team', { teams: null, connections: [1] })),
  ];
  const whole = { ...range, by: 'team' as const, teams: [], connections: [] };
  return [
    asP95('query-connection', await timeSeries('connection', all)),
    asP95('query-model', await timeSeries('model', all)),
    asP95('query-team', await timeSeries('team', all)),
    asP95('query-filter', filtered),
    asP95('query-key', await timeSeries('key', all)),
    asMedian('query-whole', await timeEach(() => getSpend(context, whole), { runs: 15, warmUps: 2 })),
  ];
}
