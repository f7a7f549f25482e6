import { jsonRoute } from '@/lib/auth/json-route';
import { listWebhooks } from '@/lib/server/webhooks/list-webhooks';

export function GET(): Promise<Response> {
  return jsonRoute(listWebhooks);
}
