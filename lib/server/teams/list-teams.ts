import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { usd } from '@/lib/domain/money/usd';
import { firstOfMonth, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { TeamView } from '@/lib/domain/teams/team-input';
import { type ServerContext, teamsWithinReach } from '../context';

const personSchema = z.object({ id: z.string(), name: z.string() });
const rowSchema = z.object({
  id: z.number(),
  name: z.string(),
  costCentre: z.string().nullable(),
  leads: z.array(personSchema),
  members: z.array(personSchema),
  keyCount: z.number(),
  monthSpend: z.string(),
  monthlyBudget: z.string().nullable(),
});

/**
 * Spend is what the team's keys spent on the days on which they were the team's, as on the spend page: a key
 * that came during the month brings only what it spent since.
 */
function teamsQuery(isWanted: SQL, month: UtcDay): SQL {
  const people = (isLead: boolean) => sql`
    (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) order by lower(u.name), u.id), '[]')
      from team_members m join users u on u.id = m.user_id
      where m.team_id = t.id and m.is_lead = ${isLead} and not u.is_disabled)`;
  return sql`
    select t.id, t.name, t.cost_centre as "costCentre", ${people(true)} as leads, ${people(false)} as members,
      coalesce(held.count, 0)::int as "keyCount", coalesce(spent.spend, 0)::text as "monthSpend",
      t.monthly_budget::text as "monthlyBudget"
    from teams t
    left join (select team_id, count(*) as count from keys where gone_at is null and deleted_at is null
      and connection_id not in (select id from connections where state = 'removed') group by team_id) held on held.team_id = t.id
    left join (select team_id, sum(spend) as spend from usage_by_key_month where month = ${month}
      group by team_id) spent on spent.team_id = t.id
    where t.archived_at is null and ${isWanted}
    order by lower(t.name), t.id`;
}

/** Teams that were not archived, by name: all of them, or the ones that a lead leads. */
export async function listTeams(
  context: ServerContext,
  scope: { readonly teamId?: number } = {},
): Promise<readonly TeamView[]> {
  const reach = teamsWithinReach(context, 'teams.read');
  const isWithinReach = reach === null ? sql`true` : sql`t.id = any(${sql.param([...reach])}::int[])`;
  const isWanted =
    scope.teamId === undefined ? isWithinReach : sql`${isWithinReach} and t.id = ${scope.teamId}`;
  const month = firstOfMonth(utcDayOf(context.now()));
  const { rows } = await context.db.execute<Record<string, unknown>>(teamsQuery(isWanted, month));
  return rows.map((row) => {
    const team = rowSchema.parse(row);
    const monthlyBudget = team.monthlyBudget === null ? null : usd(team.monthlyBudget);
    return { ...team, monthSpend: usd(team.monthSpend), monthlyBudget };
  });
}
