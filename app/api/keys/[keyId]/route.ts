import { z } from 'zod';
import { jsonRoute } from '@/lib/auth/json-route';
import { getKeyDetail } from '@/lib/server/keys/get-key-detail';

const inputSchema = z.object({ keyId: z.coerce.number().int().positive() });

export function GET(_request: Request, route: { params: Promise<{ keyId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => getKeyDetail(context, inputSchema.parse(await route.params)));
}
