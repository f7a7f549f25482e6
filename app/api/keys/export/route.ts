import { csvRoute } from '@/lib/auth/csv-route';
import { parseKeyFilters } from '@/lib/domain/keys/key-filters';
import { parseKeySort } from '@/lib/domain/keys/key-sort';
import { exportKeys } from '@/lib/server/keys/export-keys';

/** Takes the filters and the sorting of the keys page's own address. */
export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const filters = parseKeyFilters((name) => searchParams.get(name));
  return csvRoute((context) =>
    exportKeys(context, { filters, sort: parseKeySort(searchParams.get('sort')) }),
  );
}
