import 'server-only';
import { z } from 'zod';
import { type ServerContext, teamsWithinReach } from '../context';
import { notFound } from '../errors';
import { getTeam } from './get-team';

const idSchema = z.coerce.number().int().positive().max(2_147_483_647);

/** Throws `not_found` unless the address part names a team, not archived, within the actor's reach. */
export async function requireTeam(context: ServerContext, teamId: string): Promise<void> {
  const reach = teamsWithinReach(context, 'teams.read');
  const id = idSchema.safeParse(teamId);
  if (!id.success || (reach !== null && !reach.includes(id.data))) throw notFound('team');
  await getTeam(context.db, id.data);
}
