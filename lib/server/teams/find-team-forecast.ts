import 'server-only';
import type { Usd } from '@/lib/domain/money/usd';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { presetRange } from '@/lib/domain/spend/spend-range';
import type { ServerContext } from '../context';
import { getSpend } from '../spend/get-spend';

/** Where a team's month ends, by the spend page's own forecast; null while too few days are known. */
export async function findTeamForecast(context: ServerContext, teamId: number): Promise<Usd | null> {
  const range = presetRange('this-month', utcDayOf(context.now()));
  const { forecast } = await getSpend(context, { ...range, by: 'team', connections: [], teams: [teamId] });
  return forecast?.monthEnd ?? null;
}
