import { jsonRoute } from '@/lib/auth/json-route';
import { getBulkRunSchema } from '@/lib/domain/bulk/bulk-action';
import { getBulkRun } from '@/lib/server/bulk/get-bulk-run';

export function GET(request: Request, route: { params: Promise<{ runId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return getBulkRun(context, getBulkRunSchema.parse({ ...query, ...(await route.params) }));
  });
}
