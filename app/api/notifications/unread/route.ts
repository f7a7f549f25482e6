import { jsonRoute } from '@/lib/auth/json-route';
import { countUnread } from '@/lib/server/notifications/list-notifications';

export function GET(): Promise<Response> {
  return jsonRoute(countUnread);
}
