import { jsonRoute } from '@/lib/auth/json-route';
import { getKeysTable } from '@/lib/server/keys/get-keys-table';

export function GET(): Promise<Response> {
  return jsonRoute(getKeysTable);
}
