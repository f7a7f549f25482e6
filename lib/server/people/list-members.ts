import 'server-only';
import { and, asc, count, eq, gt, isNull, sql } from 'drizzle-orm';
import { oneTimeLinks, sessions, teamMembers, teams, users } from '@/lib/db/schema';
import type { InvitationView, MemberView } from '@/lib/domain/people/member-view';
import { teamPlaceSchema } from '@/lib/domain/people/one-time-link';
import { requirePermission, type ServerContext } from '../context';
import { isLive } from './list-sessions';

/** Everybody who may sign in or could once, by name. */
export async function listMembers(
  context: ServerContext,
  { idleMinutes }: { idleMinutes: number },
): Promise<readonly MemberView[]> {
  requirePermission(context, 'members.read');
  const standing = context.db
    .select({ userId: sessions.userId, total: count().as('total') })
    .from(sessions)
    .where(isLive(context.now(), idleMinutes))
    .groupBy(sessions.userId)
    .as('standing');
  const rows = await context.db
    .select({ user: users, sessionCount: standing.total })
    .from(users)
    .leftJoin(standing, eq(standing.userId, users.id))
    .orderBy(asc(users.isDisabled), asc(sql`lower(${users.name})`), asc(users.id));
  const teamsOf = await listTeamNames(context);
  return rows.map(({ user, sessionCount }) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    status: user.isDisabled ? 'disabled' : 'active',
    teams: teamsOf.get(user.id) ?? [],
    lastSeenAt: user.lastSeenAt?.toISOString() ?? null,
    sessionCount: sessionCount ?? 0,
    createdAt: user.createdAt.toISOString(),
    hasPassword: user.passwordHash !== null,
    hasSingleSignOn: user.oidcSubject !== null,
  }));
}

async function listTeamNames(context: ServerContext): Promise<ReadonlyMap<string, string[]>> {
  const rows = await context.db
    .select({ userId: teamMembers.userId, name: teams.name })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(isNull(teams.archivedAt))
    .orderBy(asc(teams.name));
  const names = new Map<string, string[]>();
  for (const row of rows) names.set(row.userId, [...(names.get(row.userId) ?? []), row.name]);
  return names;
}

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(context: ServerContext): Promise<readonly InvitationView[]> {
  requirePermission(context, 'members.read');
  const rows = await context.db
    .select({ link: oneTimeLinks, invitedBy: users.name })
    .from(oneTimeLinks)
    .leftJoin(users, eq(users.id, oneTimeLinks.createdBy))
    .where(
      and(
        eq(oneTimeLinks.purpose, 'invitation'),
        isNull(oneTimeLinks.usedAt),
        gt(oneTimeLinks.expiresAt, context.now()),
      ),
    )
    .orderBy(sql`${oneTimeLinks.createdAt} desc`);
  const teamRows = await context.db
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(isNull(teams.archivedAt))
    .orderBy(asc(teams.name));
  return rows.flatMap(({ link, invitedBy }) => {
    if (!link.email || !link.role) return [];
    const places = teamPlaceSchema.array().parse(link.teams);
    const joined = new Set(places.map(({ teamId }) => teamId));
    return [
      {
        id: link.id,
        email: link.email,
        role: link.role,
        teams: teamRows.flatMap(({ id, name }) => (joined.has(id) ? [name] : [])),
        isLead: places.some(({ isLead }) => isLead),
        invitedBy: invitedBy ?? 'Keyward',
        createdAt: link.createdAt.toISOString(),
        expiresAt: link.expiresAt.toISOString(),
      },
    ];
  });
}
