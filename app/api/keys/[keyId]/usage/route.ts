import { z } from 'zod';
import { jsonRoute } from '@/lib/auth/json-route';
import { utcDaySchema } from '@/lib/domain/periods/utc-day-schema';
import { getKeyUsage } from '@/lib/server/keys/get-key-usage';

const inputSchema = z.object({
  keyId: z.coerce.number().int().positive(),
  from: utcDaySchema,
  to: utcDaySchema,
});

export function GET(request: Request, route: { params: Promise<{ keyId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return getKeyUsage(context, inputSchema.parse({ ...query, ...(await route.params) }));
  });
}
