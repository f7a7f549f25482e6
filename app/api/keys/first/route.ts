import { jsonRoute } from '@/lib/auth/json-route';
import { parseKeyFilters } from '@/lib/domain/keys/key-filters';
import { listFirstKeys } from '@/lib/server/keys/list-first-keys';

/** Takes the filters of the keys page's own address. */
export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return jsonRoute((context) =>
    listFirstKeys(
      context,
      parseKeyFilters((name) => searchParams.get(name)),
    ),
  );
}
