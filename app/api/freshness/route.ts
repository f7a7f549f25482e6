import { jsonRoute } from '@/lib/auth/json-route';
import { getFreshness } from '@/lib/server/reads/get-freshness';

export function GET(): Promise<Response> {
  return jsonRoute(getFreshness);
}
