import { jsonRoute } from '@/lib/auth/json-route';
import { verifyWithAnchors } from '@/lib/server/audit/verify-with-anchors';

export function GET(): Promise<Response> {
  return jsonRoute((context) => verifyWithAnchors(context));
}
