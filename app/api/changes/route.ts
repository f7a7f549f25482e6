import { z } from 'zod';
import { jsonRoute } from '@/lib/auth/json-route';
import { listOpenChanges } from '@/lib/server/changes/get-change';

const inputSchema = z.object({ keyId: z.coerce.number().int().positive().optional() });

/** Changes without a certain outcome, of all keys or of one. */
export function GET(request: Request): Promise<Response> {
  return jsonRoute(async (context) =>
    listOpenChanges(context, inputSchema.parse(Object.fromEntries(new URL(request.url).searchParams))),
  );
}
