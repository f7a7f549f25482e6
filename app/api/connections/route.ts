import { jsonRoute } from '@/lib/auth/json-route';
import { listConnections } from '@/lib/server/connections/list-connections';

export function GET(): Promise<Response> {
  return jsonRoute(listConnections);
}
