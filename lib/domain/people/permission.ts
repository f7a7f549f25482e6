import type { Role } from './role';

/** How far a granted permission reaches: everything, or the teams that a person leads. */
export type Reach = 'all' | 'teams';

export const permissions = [
  'overview.read',
  'keys.read',
  'keys.export',
  'keys.create',
  'keys.update',
  'keys.delete',
  'keys.assign',
  'spend.read',
  'spend.export',
  'connections.read',
  'connections.write',
  'reads.start',
  'teams.read',
  'teams.write',
  'members.read',
  'members.write',
  'webhooks.write',
  'audit.read',
  'requests.create',
  'requests.read',
  'requests.decide',
  'request-rules.write',
  'views.write',
  'account.write',
] as const;
export type Permission = (typeof permissions)[number];

const ALL = 'all' as const;
const TEAMS = 'teams' as const;

/** The one table of who may do what. A missing cell is a denial. */
export const permissionTable: Record<Permission, Partial<Record<Role, Reach>>> = {
  'overview.read': { admin: ALL, finance: ALL, lead: TEAMS },
  'keys.read': { admin: ALL, finance: ALL, lead: TEAMS },
  'keys.export': { admin: ALL, finance: ALL, lead: TEAMS },
  'keys.create': { admin: ALL },
  'keys.update': { admin: ALL },
  'keys.delete': { admin: ALL },
  'keys.assign': { admin: ALL },
  'spend.read': { admin: ALL, finance: ALL, lead: TEAMS },
  'spend.export': { admin: ALL, finance: ALL, lead: TEAMS },
  'connections.read': { admin: ALL, finance: ALL },
  'connections.write': { admin: ALL },
  'reads.start': { admin: ALL, finance: ALL },
  'teams.read': { admin: ALL, finance: ALL, lead: TEAMS },
  'teams.write': { admin: ALL },
  'members.read': { admin: ALL, finance: ALL },
  'members.write': { admin: ALL },
  'webhooks.write': { admin: ALL },
  'audit.read': { admin: ALL, finance: ALL },
  'requests.create': { admin: ALL, lead: TEAMS },
  /** A lead sees the teams they lead, and what they asked for themselves. */
  'requests.read': { admin: ALL, finance: ALL, lead: TEAMS },
  'requests.decide': { admin: ALL },
  'request-rules.write': { admin: ALL },
  'views.write': { admin: ALL, finance: ALL, lead: ALL },
  'account.write': { admin: ALL, finance: ALL, lead: ALL },
};

/** How far `role` may use `permission`; null when it may not at all. */
export function reachOf(role: Role, permission: Permission): Reach | null {
  return permissionTable[permission][role] ?? null;
}
