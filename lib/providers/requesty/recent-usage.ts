import type { HttpClient } from '../http/http-client';
import type { CallOptions, RequestCount } from '../port';
import { requestsOf } from './usage-mapper';
import { usageSchema } from './wire';

const HOUR_MS = 3_600_000;
/** The end is not counted in, and clocks differ. */
const AHEAD_MS = 60_000;

/** Requesty counts by the UTC hour, so the count begins with the hour that holds the wished-for moment. */
export async function countRequests(
  client: HttpClient,
  { id, since, now }: { readonly id: string; readonly since: Date; readonly now: Date },
  options: CallOptions,
): Promise<RequestCount> {
  const from = new Date(Math.floor(since.getTime() / HOUR_MS) * HOUR_MS);
  const { usage } = await client.read(
    {
      operation: 'count requests',
      path: `/v1/manage/apikey/${id}/usage`,
      query: {
        start: from.toISOString(),
        end: new Date(now.getTime() + AHEAD_MS).toISOString(),
        resolution: 'hour',
      },
      schema: usageSchema,
    },
    options,
  );
  const requests = Object.values(usage).reduce((sum, entry) => sum + requestsOf(entry), 0);
  return { requests, since: from };
}
