import { jsonRoute } from '@/lib/auth/json-route';
import { listDrift } from '@/lib/server/drift/list-drift';

/** What was changed outside: what waits for a decision, or with `?put-off=1` what was put off. */
export function GET(request: Request): Promise<Response> {
  const isIgnored = new URL(request.url).searchParams.get('put-off') === '1';
  return jsonRoute((context) => listDrift(context, { isIgnored }));
}
