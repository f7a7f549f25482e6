import type { RequestyEmulator } from './emulator';
import { ApiError } from './errors';
import type { AccessList, RequestyGroup, RequestyKey } from './types';

/**
 * Throws what the router answers when a request may not start: 403 without the right or for a model off the list,
 * 402 without balance, 412 when a monthly limit is reached. Any exhausted level blocks.
 */
export function permitInference(emulator: RequestyEmulator, key: RequestyKey, model: string): void {
  if (key.permissions.completions !== 'write') {
    throw new ApiError(403, 'API key does not have completions permissions');
  }
  const lists = accessListsFor(emulator, key);
  if (lists.length > 0 && !lists.some((list) => list.models.chat.includes(model))) {
    throw new ApiError(403, 'Provider blocked by policy');
  }
  if (emulator.figures.balance() <= 0n) {
    throw new ApiError(402, 'Insufficient balance, top up at: https://app.requesty.ai/settings');
  }
  const exhausted = exhaustedLevel(emulator, key);
  if (exhausted) throw new ApiError(412, `Reached monthly spend limit for ${exhausted}`);
}

/** Resolution order of the documentation: the key's list, the union of its groups' lists, the groups' default. */
function accessListsFor(emulator: RequestyEmulator, key: RequestyKey): AccessList[] {
  const { state } = emulator;
  const find = (id: string | null): AccessList[] => {
    const list = id === null ? undefined : state.accessLists.get(id);
    return list ? [list] : [];
  };
  const own = find(key.accessListId);
  if (own.length > 0) return own;
  const groups = state
    .liveGroups()
    .filter(
      (group) => group.id === key.groupId || (key.createdBy !== null && group.members.has(key.createdBy)),
    );
  const ofGroups = groups.flatMap((group) => find(group.accessListId));
  if (ofGroups.length > 0) return ofGroups;
  return groups.length > 0 ? find(state.organization.groupAccessListId) : [];
}

function exhaustedLevel(emulator: RequestyEmulator, key: RequestyKey): string | null {
  if (!emulator.figures.maySpend(key)) return 'API key';
  const user = key.createdBy === null ? undefined : emulator.state.users.get(key.createdBy);
  if (user && isReached(user.monthlyLimit, () => emulator.figures.monthSpendByUser().get(user.id)))
    return 'user';
  const group = emulator.state.groupOf(key);
  return group && isGroupReached(emulator, group, key) ? 'group' : null;
}

/** In Global mode the group's limit caps each member, in Group Budget mode the group as a whole and each user. */
function isGroupReached(emulator: RequestyEmulator, group: RequestyGroup, key: RequestyKey): boolean {
  const ofMember = () => emulator.figures.groupSpendByUser(group.id).get(key.createdBy ?? '');
  if (emulator.switches.current.budgetMode !== 'group') return isReached(group.monthlyLimit, ofMember);
  const ofGroup = () => emulator.figures.monthSpendByGroup().get(group.id);
  return isReached(group.monthlyLimit, ofGroup) || isReached(group.monthlyBudgetPerUser, ofMember);
}

function isReached(limit: bigint | null, spent: () => bigint | undefined): boolean {
  return limit !== null && limit !== 0n && (spent() ?? 0n) >= limit;
}
