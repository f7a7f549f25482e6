import type { HttpClient } from '../http/http-client';
import { lenientCount } from '../http/lenient';
import type { CallOptions, RequestCount } from '../port';
import { ProviderError } from '../provider-error';
import { analyticsSchema } from './wire';

/** Analytics count by the minute for windows of up to three hours (OpenRouter docs). */
const MOST_MS = 3 * 3_600_000;

/** The end is not counted in, and clocks differ. */
const AHEAD_MS = 60_000;

/** Requests of one key, counted by the minute. Throws `unsupported` for more than three hours. */
export async function countRequests(
  client: HttpClient,
  { externalId, since, now }: { readonly externalId: string; readonly since: Date; readonly now: Date },
  { signal }: CallOptions,
): Promise<RequestCount> {
  if (now.getTime() - since.getTime() > MOST_MS) throw new ProviderError('unsupported', 'count requests');
  const { data } = await client.read(
    {
      operation: 'count requests',
      method: 'POST',
      path: '/analytics/query',
      hasOwnRate: true,
      body: {
        metrics: ['request_count'],
        granularity: 'minute',
        filters: [{ field: 'api_key_id', operator: 'in', value: [externalId] }],
        time_range: { start: since.toISOString(), end: new Date(now.getTime() + AHEAD_MS).toISOString() },
        limit: 1_000,
      },
      schema: analyticsSchema,
    },
    { signal },
  );
  return { requests: data.data.reduce((sum, row) => sum + lenientCount(row.request_count), 0), since };
}
