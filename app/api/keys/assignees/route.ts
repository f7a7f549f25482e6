import { jsonRoute } from '@/lib/auth/json-route';
import { listAssignees } from '@/lib/server/keys/list-assignees';

export function GET(): Promise<Response> {
  return jsonRoute(listAssignees);
}
