import { z } from 'zod';
import { jsonRoute } from '@/lib/auth/json-route';
import { getKeyRotation } from '@/lib/server/rotation/get-key-rotation';

const inputSchema = z.object({ keyId: z.coerce.number().int().positive().max(2_147_483_647) });

export function GET(_request: Request, route: { params: Promise<{ keyId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => getKeyRotation(context, inputSchema.parse(await route.params)));
}
