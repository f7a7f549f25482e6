import 'server-only';
import type { Transaction } from '@/lib/db/client';
import type { PlannedAssignment } from '@/lib/domain/assignment/plan-assignments';
import { MOST_ASSIGNED_KEYS } from '@/lib/domain/teams/team-input';
import type { ServerContext } from '../context';
import { giveKeys } from '../teams/give-keys';

/** Gives keys what the rules plan for them, with an audit row for each team and owner; returns how many got something. */
export async function givePlanned(
  tx: Transaction,
  context: ServerContext,
  plan: readonly PlannedAssignment[],
  reason: string,
): Promise<number> {
  const sets = new Map<string, PlannedAssignment[]>();
  for (const planned of plan) {
    if (planned.standing !== 'gets') continue;
    const name = `${planned.teamId} ${planned.ownerId}`;
    const set = sets.get(name);
    if (set) set.push(planned);
    else sets.set(name, [planned]);
  }
  let given = 0;
  for (const set of sets.values()) {
    const [first] = set;
    if (!first) continue;
    const { teamId, ownerId } = first;
    const receiver = { ...(teamId === null ? {} : { teamId }), ...(ownerId === null ? {} : { ownerId }) };
    for (let from = 0; from < set.length; from += MOST_ASSIGNED_KEYS) {
      const keyIds = set.slice(from, from + MOST_ASSIGNED_KEYS).map(({ key }) => key.id);
      given += await giveKeys(tx, context, { keyIds, ...receiver, reason });
    }
  }
  return given;
}
