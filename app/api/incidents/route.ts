import { jsonRoute } from '@/lib/auth/json-route';
import { listIncidents } from '@/lib/server/incidents/list-incidents';

export function GET(): Promise<Response> {
  return jsonRoute((context) => listIncidents(context));
}
