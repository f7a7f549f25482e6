import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { teams } from '@/lib/db/schema';
import { compareUsd, type Usd, usd, ZERO_USD } from '@/lib/domain/money/usd';
import { firstOfMonth, startOfUtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { NeedsFacts } from '@/lib/domain/requests/decide-needs';
import {
  defaultRequestRules,
  type RequestRules,
  requestRulesSchema,
  rulesOfTeam,
  teamRequestRulesSchema,
} from '@/lib/domain/requests/request-rules';
import type { TeamEvidence } from '@/lib/domain/requests/request-view';
import type { ServerContext } from '../context';
import { findSetting } from '../settings/store-setting';

export const RULES_TOPIC = 'request-rules';

/** The rules for everyone; the ones that Keyward ships with until an admin set any. */
export async function loadEveryonesRules(db: Queryable): Promise<RequestRules> {
  const value = await findSetting(db, RULES_TOPIC);
  return value === undefined ? defaultRequestRules : requestRulesSchema.parse(value);
}

export type TeamStanding = { readonly rules: RequestRules; readonly team: TeamEvidence | null };

/** What the team's self-approved raises of this UTC month add up to; refused and failed ones do not count. */
async function sumEnvelope(db: Queryable, teamId: number, from: Date): Promise<Usd> {
  const { rows } = await db.execute<{ sum: string }>(sql`
    select coalesce(sum((e.facts->>'raise')::numeric), 0)::text as sum
    from request_events e join requests r on r.id = e.request_id
    where e.kind = 'approved_by_rule' and e.at >= ${from} and r.team_id = ${teamId}
      and r.state in ('approved', 'applied')`);
  return usd(rows[0]?.sum ?? 0);
}

async function sumMonth(db: Queryable, teamId: number, now: Date): Promise<Usd> {
  const { rows } = await db.execute<{ sum: string }>(sql`
    select coalesce(sum(spend), 0)::text as sum from usage_by_key_month
    where team_id = ${teamId} and month = ${firstOfMonth(utcDayOf(now))}`);
  return usd(rows[0]?.sum ?? 0);
}

/** The rules of a team and how it stands this month; everyone's rules where there is no team. */
export async function loadStanding(
  context: Pick<ServerContext, 'now'>,
  db: Queryable,
  teamId: number | null,
): Promise<TeamStanding> {
  const everyone = await loadEveryonesRules(db);
  if (teamId === null) return { rules: everyone, team: null };
  const [row] = await db.select().from(teams).where(eq(teams.id, teamId));
  if (!row) return { rules: everyone, team: null };
  const own = row.requestRules === null ? null : teamRequestRulesSchema.parse(row.requestRules);
  const now = context.now();
  return {
    rules: rulesOfTeam(everyone, own),
    team: {
      id: row.id,
      name: row.name,
      monthlyBudget: row.monthlyBudget === null ? null : usd(row.monthlyBudget),
      monthSpend: await sumMonth(db, teamId, now),
      envelopeUsed: await sumEnvelope(db, teamId, startOfUtcDay(firstOfMonth(utcDayOf(now)))),
    },
  };
}

/** What deciding needs to know of the team. */
export function standingFacts({
  rules,
  team,
}: TeamStanding): Pick<NeedsFacts, 'rules' | 'hasTeam' | 'envelopeUsed' | 'isBudgetUsedUp'> {
  return {
    rules,
    hasTeam: team !== null,
    envelopeUsed: team?.envelopeUsed ?? ZERO_USD,
    isBudgetUsedUp:
      team !== null && team.monthlyBudget !== null && compareUsd(team.monthSpend, team.monthlyBudget) >= 0,
  };
}
