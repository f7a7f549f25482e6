import { jsonRoute } from '@/lib/auth/json-route';
import { requestIdSchema } from '@/lib/domain/requests/request-input';
import { getRequest } from '@/lib/server/requests/get-request';

export function GET(_request: Request, route: { params: Promise<{ requestId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => getRequest(context, requestIdSchema.parse(await route.params)));
}
