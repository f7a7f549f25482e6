import { parseAsInteger, parseAsStringLiteral } from 'nuqs';
import { bulkItemStates } from '@/lib/domain/bulk/bulk-view';

/** Which keys of a run are shown: kept in the address. */
export const bulkRunParams = {
  page: parseAsInteger.withDefault(1),
  state: parseAsStringLiteral(bulkItemStates),
};
