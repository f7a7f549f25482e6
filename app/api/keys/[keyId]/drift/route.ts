import { z } from 'zod';
import { jsonRoute } from '@/lib/auth/json-route';
import { listKeyDrift } from '@/lib/server/drift/list-drift';

const inputSchema = z.object({ keyId: z.coerce.number().int().positive() });

export function GET(_request: Request, route: { params: Promise<{ keyId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => listKeyDrift(context, inputSchema.parse(await route.params)));
}
