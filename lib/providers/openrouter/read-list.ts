import type { HttpClient } from '../http/http-client';
import { lenientCount } from '../http/lenient';
import type { HttpRequest } from '../http/request';
import type { CallOptions } from '../port';
import { listSchema } from './wire';

const PAGE_SIZE = 100;
const MAX_PAGES = 200;

/**
 * All rows of a list that pages by `offset` and `limit` and tells a `total_count`. A page may be shorter than
 * asked without being the last (OpenRouter docs), so the total decides; without one, a short page does.
 */
export async function readList(
  client: HttpClient,
  request: Pick<HttpRequest, 'operation' | 'path' | 'query'>,
  options: CallOptions,
): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await client.read(
      {
        ...request,
        query: { ...request.query, offset: page * PAGE_SIZE, limit: PAGE_SIZE },
        schema: listSchema,
      },
      options,
    );
    rows.push(...answer.data);
    const isLast =
      answer.total_count === undefined
        ? answer.data.length < PAGE_SIZE
        : (page + 1) * PAGE_SIZE >= lenientCount(answer.total_count);
    if (isLast) break;
  }
  return rows;
}
