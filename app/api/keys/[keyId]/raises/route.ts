import { z } from 'zod';
import { jsonRoute } from '@/lib/auth/json-route';
import { getKeyRaises } from '@/lib/server/raises/get-key-raises';

const inputSchema = z.object({ keyId: z.coerce.number().int().positive() });

export function GET(_request: Request, route: { params: Promise<{ keyId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => getKeyRaises(context, inputSchema.parse(await route.params)));
}
