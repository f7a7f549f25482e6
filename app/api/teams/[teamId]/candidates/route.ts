import { z } from 'zod';
import { jsonRoute } from '@/lib/auth/json-route';
import { listTeamCandidates } from '@/lib/server/teams/list-team-candidates';

const inputSchema = z.object({ teamId: z.coerce.number().int().positive() });

export function GET(_request: Request, route: { params: Promise<{ teamId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => listTeamCandidates(context, inputSchema.parse(await route.params)));
}
