import { keys, teamMembers, teams, users } from '@/lib/db/schema';
import { usd } from '@/lib/domain/money/usd';
import type { Role } from '@/lib/domain/people/role';
import { updateRequestRules } from '@/lib/server/requests/get-request-rules';
import { assignKeys } from '@/lib/server/teams/assign-keys';
import type { Place } from './place';
import type { World } from './world';

const ADMINS = 4;
const TEAMS = 2;
const LEADS = 3;

/** The people of a campaign. */
export type Society = {
  /** Ids of admins. */
  readonly people: readonly string[];
  /** Who asks, with the teams they lead. */
  readonly leads: readonly { readonly id: string; readonly teamIds: readonly number[] }[];
  readonly teams: readonly number[];
};

export async function insertSociety(place: Place): Promise<Society> {
  return { people: await insertPeople(place, ADMINS, 'admin'), ...(await insertTeams(place)) };
}

async function insertPeople(place: Place, count: number, role: Role): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    email: `${role}-${index + 1}@example.com`,
    name: `${role} ${index + 1}`,
    role,
  }));
  return (await place.db.insert(users).values(rows).returning({ id: users.id })).map(({ id }) => id);
}

/** The first lead leads the first team, the second the second, and so on around; the last leads all. */
async function insertTeams(place: Place): Promise<Pick<Society, 'leads' | 'teams'>> {
  const rows = Array.from({ length: TEAMS }, (_, index) => ({ name: `Team ${index + 1}` }));
  const ids = (await place.db.insert(teams).values(rows).returning({ id: teams.id })).map(({ id }) => id);
  const people = await insertPeople(place, LEADS, 'lead');
  const leads = people.map((id, index) => {
    const led = ids[index];
    return { id, teamIds: led === undefined ? ids : [led] };
  });
  const places = leads.flatMap(({ id, teamIds }) =>
    teamIds.map((teamId) => ({ teamId, userId: id, isLead: true })),
  );
  await place.db.insert(teamMembers).values(places);
  return { leads, teams: ids };
}

/** Keys of nobody's stay among those of the teams. Small raises need nobody at first. */
export async function shareKeys({
  context,
  place,
  teams: all,
}: Pick<World, 'context' | 'place' | 'teams'>): Promise<void> {
  const rows = await place.db.select({ id: keys.id }).from(keys).orderBy(keys.id);
  const shares = [...all, null];
  for (const [index, teamId] of shares.entries()) {
    const keyIds = rows.filter((_, place) => place % shares.length === index).map(({ id }) => id);
    if (teamId !== null && keyIds.length > 0)
      await assignKeys(context, { keyIds, teamId, reason: 'Campaign' });
  }
  const everyone = { twoAbove: usd(1_500), envelope: usd(80), smallRaise: usd(20) };
  await updateRequestRules(context, {
    everyone: { ...everyone, isLoweringFree: false, lapseDays: 3 },
    teams: [],
  });
}
