import { jsonRoute } from '@/lib/auth/json-route';
import { changeIdSchema } from '@/lib/domain/changes/change-input';
import { getChange } from '@/lib/server/changes/get-change';

export function GET(_request: Request, route: { params: Promise<{ changeId: string }> }): Promise<Response> {
  return jsonRoute(async (context) => getChange(context, changeIdSchema.parse(await route.params)));
}
