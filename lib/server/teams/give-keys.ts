import 'server-only';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/db/client';
import { keys, users } from '@/lib/db/schema';
import { addDays, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { AssignKeysInput } from '@/lib/domain/teams/team-input';
import { appendAudit } from '../audit/append-audit';
import type { ServerContext } from '../context';
import { invalidField, notFound } from '../errors';
import { reattributeUsage } from '../usage/reattribute-usage';
import { getTeam } from './get-team';

type AssignedKey = { id: number; name: string; teamId: number | null; ownerId: string | null };

/**
 * Gives keys a team, an owner or both, with one audit row, and returns how many changed; whoever calls has asked for
 * the permission. Spend stays with the team that owned the key on each day: from today on the new one counts. Only a
 * key's very first team also gets the key's past, which nobody owned. Throws `not_found` and `invalid`.
 */
export async function giveKeys(
  tx: Transaction,
  context: ServerContext,
  input: AssignKeysInput,
): Promise<number> {
  const keyIds = [...new Set(input.keyIds)];
  const teamName = input.teamId == null ? null : (await getTeam(tx, input.teamId)).name;
  const ownerName = input.ownerId == null ? null : await requireOwnerName(tx, input.ownerId);
  const rows = await tx
    .select({ id: keys.id, name: keys.name, teamId: keys.teamId, ownerId: keys.ownerId })
    .from(keys)
    .where(inArray(keys.id, keyIds))
    .orderBy(keys.id)
    .for('update');
  if (rows.length !== keyIds.length) throw notFound('key');
  const changed = rows.filter(
    (row) =>
      (input.teamId !== undefined && row.teamId !== input.teamId) ||
      (input.ownerId !== undefined && row.ownerId !== input.ownerId),
  );
  if (changed.length === 0) return 0;
  await storeAssignments(tx, context, input, changed);
  await appendAudit(tx, context, {
    action: 'key.assign',
    subjectKind: 'key',
    subjectId: changed.length === 1 ? changed[0]?.id : null,
    subjectName: changed.length === 1 ? changed[0]?.name : `${changed.length} keys`,
    keyId: changed.length === 1 ? changed[0]?.id : null,
    before: changed.map(({ id, name, teamId, ownerId }) => ({ id, name, teamId, ownerId })),
    after: {
      ...(input.teamId === undefined ? {} : { teamId: input.teamId, team: teamName }),
      ...(input.ownerId === undefined ? {} : { ownerId: input.ownerId, owner: ownerName }),
    },
    reason: input.reason,
    outcome: 'done',
  });
  return changed.length;
}

/** The name of an active person; throws `invalid` for anyone else. */
export async function requireOwnerName(tx: Transaction, ownerId: string): Promise<string> {
  const [owner] = await tx.select().from(users).where(eq(users.id, ownerId));
  if (!owner || owner.isDisabled) throw invalidField('ownerId', 'This person is no longer here.');
  return owner.name;
}

async function storeAssignments(
  tx: Transaction,
  context: ServerContext,
  input: AssignKeysInput,
  changed: readonly AssignedKey[],
): Promise<void> {
  const today = utcDayOf(context.now());
  const ids = sql`${sql.param(changed.map(({ id }) => id))}::int[]`;
  const team = input.teamId === undefined ? sql`k.team_id` : sql`${input.teamId}::int`;
  const owner = input.ownerId === undefined ? sql`k.owner_id` : sql`${input.ownerId}::uuid`;
  const { rows: first } = await tx.execute<{ id: number }>(sql`
    select k.id from keys k where k.id = any(${ids})
      and not exists (select 1 from key_assignments a where a.key_id = k.id and a.team_id is not null and a.from_day < ${today})`);
  await tx.execute(sql`delete from key_assignments where key_id = any(${ids}) and from_day >= ${today}`);
  await tx.execute(sql`
    update key_assignments set to_day = ${addDays(today, -1)} where key_id = any(${ids}) and to_day is null`);
  await tx.execute(sql`
    insert into key_assignments (key_id, team_id, owner_id, from_day)
    select k.id, ${team}, ${owner}, ${today}::date from keys k where k.id = any(${ids})`);
  await tx.execute(sql`
    update keys k set team_id = ${team}, owner_id = ${owner} where k.id = any(${ids})`);
  if (input.teamId === undefined) return;
  const teamId = input.teamId ?? 0;
  const firstIds = new Set(first.map(({ id }) => id));
  const others = changed.filter(({ id }) => !firstIds.has(id)).map(({ id }) => id);
  await reattributeUsage(tx, { keyIds: [...firstIds], teamId, from: null });
  await reattributeUsage(tx, { keyIds: others, teamId, from: today });
}
