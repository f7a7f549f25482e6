import { jsonRoute } from '@/lib/auth/json-route';
import { spendQuerySchema } from '@/lib/domain/spend/spend-query-schema';
import { getSpend } from '@/lib/server/spend/get-spend';

export function GET(request: Request): Promise<Response> {
  return jsonRoute((context) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return getSpend(context, spendQuerySchema.parse(query));
  });
}
