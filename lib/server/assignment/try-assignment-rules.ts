import 'server-only';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type PlannedAssignment, planAssignments } from '@/lib/domain/assignment/plan-assignments';
import type { tryRulesSchema } from '@/lib/domain/assignment/rule';
import type { RuleCounts, RulesTry, TriedKey } from '@/lib/domain/assignment/rules-view';
import { requirePermission, type ServerContext } from '../context';
import { listAssignableKeys } from './list-assignable-keys';
import { digestOf } from './load-rules';

const MOST_LISTED = 200;
const ORDER = { gets: 0, other: 1, same: 2, none: 3 } as const;

function countOf(plan: readonly PlannedAssignment[]): RuleCounts {
  const counts = { gets: 0, same: 0, other: 0 };
  for (const { standing } of plan) if (standing !== 'none') counts[standing] += 1;
  return counts;
}

async function namesOf({ db }: ServerContext) {
  const { rows } = await db.execute<{ kind: string; id: string; name: string }>(sql`
    select 'team' as kind, id::text, name from teams
    union all select 'user', id::text, name from users
    union all select 'connection', id::text, name from connections`);
  const names = new Map(rows.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
  return (kind: 'team' | 'user' | 'connection', id: number | string | null) =>
    id === null ? null : (names.get(`${kind} ${id}`) ?? null);
}

/** What rules would do to every live key, before they are saved: nothing is changed. */
export async function tryAssignmentRules(
  context: ServerContext,
  { rules }: z.output<typeof tryRulesSchema>,
): Promise<RulesTry> {
  requirePermission(context, 'keys.assign');
  const keys = await listAssignableKeys(context.db, sql`true`);
  const plan = planAssignments(rules, keys);
  const nameOf = await namesOf(context);
  const listed = plan
    .filter(({ standing }) => standing !== 'none')
    .sort((a, b) => ORDER[a.standing] - ORDER[b.standing])
    .slice(0, MOST_LISTED);
  return {
    digest: digestOf(rules, plan),
    keyCount: keys.length,
    total: countOf(plan),
    unmatched: plan.filter(({ standing }) => standing === 'none').length,
    stillLacking: plan.filter(
      ({ key, teamId, ownerId }) => (key.teamId ?? teamId) === null || (key.ownerId ?? ownerId) === null,
    ).length,
    byRule: rules.map((_, at) => countOf(plan.filter(({ rule }) => rule === at))),
    keys: listed.flatMap(({ key, rule, teamId, ownerId, standing }): TriedKey[] => {
      if (rule === null || standing === 'none') return [];
      return [
        {
          id: key.id,
          name: key.name,
          connection: nameOf('connection', key.connectionId) ?? '',
          rule,
          standing,
          team: nameOf('team', teamId ?? key.teamId),
          owner: nameOf('user', ownerId ?? key.ownerId),
          isTeamNew: teamId !== null,
          isOwnerNew: ownerId !== null,
        },
      ];
    }),
  };
}
