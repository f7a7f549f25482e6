import { jsonRoute } from '@/lib/auth/json-route';
import { listBulkRuns } from '@/lib/server/bulk/get-bulk-run';

export function GET(): Promise<Response> {
  return jsonRoute(listBulkRuns);
}
