import type { RequestyEmulator } from './emulator';
import { groupMoney } from './money-wire';
import type { RequestySwitches } from './switches';
import { formatInstant } from './times';
import type { GroupMember, RequestyGroup, RequestyUser } from './types';

type Wire = Record<string, unknown>;

/** A row of the group list; its spend is that of the keys which belong to the group. */
export function listedGroup(
  emulator: RequestyEmulator,
  group: RequestyGroup,
  monthlySpend: bigint,
  switches: RequestySwitches,
): Wire {
  return {
    ...groupHead(emulator, group),
    members_count: group.members.size,
    monthly_spend: groupMoney(monthlySpend, switches),
    ...groupLimits(group, switches),
    ...groupOrigin(group, switches),
  };
}

/** `GET .../group/{id}`: members, and neither `members_count` nor `monthly_spend`. */
export function detailedGroup(
  emulator: RequestyEmulator,
  group: RequestyGroup,
  spendByUser: ReadonlyMap<string, bigint>,
  switches: RequestySwitches,
): Wire {
  return {
    ...groupHead(emulator, group),
    ...groupLimits(group, switches),
    ...groupOrigin(group, switches),
    members: [...group.members.values()].flatMap((member) => {
      const user = emulator.state.users.get(member.userId);
      return user ? groupMember(member, user, spendByUser.get(user.id) ?? 0n, switches) : [];
    }),
  };
}

function groupHead(emulator: RequestyEmulator, group: RequestyGroup): Wire {
  return { id: group.id, organization_id: emulator.state.organization.id, name: group.name };
}

function groupOrigin(group: RequestyGroup, switches: RequestySwitches): Wire {
  return {
    created_by: group.createdBy,
    created_at: formatInstant(group.createdAt),
    ...(switches.unknownFields === 'present' ? { color: 'teal', x_flags: [] } : {}),
  };
}

/** In Group Budget mode the group's one figure is its budget; in Global mode it caps each member. */
function groupLimits(group: RequestyGroup, switches: RequestySwitches): Wire {
  const isBudget = switches.budgetMode === 'group';
  return {
    monthly_limit: groupMoney(isBudget ? null : group.monthlyLimit, switches),
    monthly_budget: groupMoney(isBudget ? group.monthlyLimit : null, switches),
    monthly_budget_per_user: groupMoney(isBudget ? group.monthlyBudgetPerUser : null, switches),
  };
}

function groupMember(
  member: GroupMember,
  user: RequestyUser,
  monthlySpend: bigint,
  switches: RequestySwitches,
): Wire {
  const noRateLimit = switches.groupNulls === 'null' ? null : undefined;
  return {
    id: user.id,
    email: user.email,
    role: member.role,
    monthly_limit: groupMoney(user.monthlyLimit, switches),
    monthly_spend: groupMoney(monthlySpend, switches),
    rate_limit: member.rateLimit ?? noRateLimit,
    active: user.active,
  };
}

/** A row of `GET .../org/member`, whose shape no source shows: modelled on a group's member. */
export function organizationMember(
  user: RequestyUser,
  monthlySpend: bigint,
  switches: RequestySwitches,
): Wire {
  const identity = { [switches.memberIdField]: user.id };
  if (switches.memberOptionalFields === 'absent') return identity;
  return {
    ...identity,
    email: user.email,
    name: user.name,
    role: user.role,
    active: user.active,
    monthly_limit: groupMoney(user.monthlyLimit, switches),
    monthly_spend: groupMoney(monthlySpend, switches),
  };
}
