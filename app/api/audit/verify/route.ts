import { jsonRoute } from '@/lib/auth/json-route';
import { verifyAudit } from '@/lib/server/audit/verify-audit';

export function GET(): Promise<Response> {
  return jsonRoute(verifyAudit);
}
