import { z } from 'zod';
import { jsonRoute } from '@/lib/auth/json-route';
import { utcDaySchema } from '@/lib/domain/periods/utc-day-schema';
import { getKeyUsage } from '@/lib/server/keys/get-key-usage';
import { getLineUsage } from '@/lib/server/rotation/get-line-usage';

const inputSchema = z.object({
  keyId: z.coerce.number().int().positive(),
  from: utcDaySchema,
  to: utcDaySchema,
  /** The whole line of succession, by key. */
  line: z.literal('1').optional(),
});

export function GET(request: Request, route: { params: Promise<{ keyId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const { line, ...input } = inputSchema.parse({ ...query, ...(await route.params) });
    return line ? getLineUsage(context, input) : getKeyUsage(context, input);
  });
}
