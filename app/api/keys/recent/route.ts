import { jsonRoute } from '@/lib/auth/json-route';
import { getRecentSpend } from '@/lib/server/keys/get-recent-spend';

export function GET(): Promise<Response> {
  return jsonRoute(getRecentSpend);
}
