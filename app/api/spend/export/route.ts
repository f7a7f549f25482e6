import { csvRoute } from '@/lib/auth/csv-route';
import { spendQuerySchema } from '@/lib/domain/spend/spend-query-schema';
import { exportSpend } from '@/lib/server/spend/export-spend';

export function GET(request: Request): Promise<Response> {
  return csvRoute((context) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return exportSpend(context, spendQuerySchema.parse(query));
  });
}
