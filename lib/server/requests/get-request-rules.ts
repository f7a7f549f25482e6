import 'server-only';
import { asc, eq, isNull, sql } from 'drizzle-orm';
import { changes, keys, raises, rotations, teams } from '@/lib/db/schema';
import { usd } from '@/lib/domain/money/usd';
import { firstOfMonth, startOfUtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { grantOfChange, type PastChange } from '@/lib/domain/requests/past-changes';
import {
  type RequestRulesView,
  teamRequestRulesSchema,
  type UpdateRequestRulesInput,
} from '@/lib/domain/requests/request-rules';
import { appendAudit } from '../audit/append-audit';
import { requirePermission, type ServerContext, withTransaction } from '../context';
import { invalidField } from '../errors';
import { storeSetting } from '../settings/store-setting';
import { loadEveryonesRules, loadStanding, RULES_TOPIC } from './load-rules';

const PAST_DAYS = 31;
const MOST_PAST = 2_000;
const DAY_MS = 86_400_000;

/** The rules of asking, for everyone and where teams differ. */
export async function getRequestRules(context: ServerContext): Promise<RequestRulesView> {
  requirePermission(context, 'request-rules.write');
  const rows = await context.db
    .select({ id: teams.id, name: teams.name, rules: teams.requestRules })
    .from(teams)
    .where(isNull(teams.archivedAt))
    .orderBy(asc(sql`lower(${teams.name})`));
  const told: RequestRulesView['teams'][number][] = [];
  for (const { id, name, rules } of rows) {
    const { team } = await loadStanding(context, context.db, id);
    told.push({
      id,
      name,
      rules: rules === null ? null : teamRequestRulesSchema.parse(rules),
      envelopeUsed: team?.envelopeUsed ?? usd(0),
    });
  }
  return { everyone: await loadEveryonesRules(context.db), teams: told };
}

/**
 * The changes of the last 31 days that someone could have asked for, newest first, as the ledger holds them: what
 * the rules would have caught is told from these. Those since the 1st of the month in which these days begin come
 * along, since they may have used up an envelope. Steps of rotations and ends of raises are nobody's wish.
 */
export async function listPastChanges(context: ServerContext): Promise<readonly PastChange[]> {
  requirePermission(context, 'request-rules.write');
  const toldFrom = new Date(context.now().getTime() - PAST_DAYS * DAY_MS);
  const since = startOfUtcDay(firstOfMonth(utcDayOf(toldFrom)));
  const rows = await context.db
    .select({
      row: changes,
      keyName: keys.name,
      teamId: keys.teamId,
      teamName: teams.name,
      raiseEndsAt: raises.endsAt,
    })
    .from(changes)
    .leftJoin(keys, eq(keys.id, changes.keyId))
    .leftJoin(teams, eq(teams.id, keys.teamId))
    .leftJoin(raises, eq(raises.id, changes.parentId))
    .where(
      sql`${changes.plannedAt} >= ${since} and ${changes.state} in ('applied', 'settled_applied')
        and ${changes.kind} in ('set_limit', 'create_key', 'enable_key')
        and not exists (select 1 from ${rotations} where ${rotations.id} = ${changes.parentId})`,
    )
    .orderBy(sql`${changes.plannedAt} desc`)
    .limit(MOST_PAST);
  return rows.flatMap(({ row, keyName, teamId, teamName, raiseEndsAt }) => {
    const asked = grantOfChange({ ...row, raiseEndsAt });
    if (asked === null) return [];
    const { id, actorName, keyId, plannedAt } = row;
    const named = { keyId, keyName: keyName ?? 'A key', teamId, teamName };
    const isTold = plannedAt >= toldFrom;
    return [{ id, actorName, at: plannedAt.toISOString(), isTold, ...named, ...asked }];
  });
}

/** Sets the rules of asking. Requests that wait are asked again where the new rules differ. */
export async function updateRequestRules(
  context: ServerContext,
  input: UpdateRequestRulesInput,
): Promise<void> {
  requirePermission(context, 'request-rules.write');
  const at = context.now();
  const by = context.actor.kind === 'user' ? context.actor.id : null;
  await withTransaction(context, async (tx) => {
    const before = await loadEveryonesRules(tx);
    await storeSetting(tx, RULES_TOPIC, input.everyone, { at, by });
    const differing = new Map(input.teams.map(({ teamId, rules }) => [teamId, rules]));
    const known = await tx
      .select()
      .from(teams)
      .where(isNull(teams.archivedAt))
      .orderBy(teams.id)
      .for('update');
    const missing = [...differing.keys()].some((id) => !known.some((team) => team.id === id));
    if (missing) throw invalidField('teams', 'One of these teams is no longer there.');
    for (const team of known) {
      const own = differing.get(team.id);
      const rules = own && Object.keys(own).length > 0 ? own : null;
      await tx.update(teams).set({ requestRules: rules }).where(eq(teams.id, team.id));
    }
    await appendAudit(tx, context, {
      action: 'request_rules.update',
      subjectKind: 'setting',
      subjectId: RULES_TOPIC,
      subjectName: 'Rules of asking',
      before,
      after: { ...input.everyone, teamsThatDiffer: differing.size },
      outcome: 'done',
    });
  });
}
