import { isDatabaseUp } from '@/lib/server/health/check-health';

export const dynamic = 'force-dynamic';

/** The process answers, and says whether the database does. */
export async function GET(): Promise<Response> {
  const isUp = await isDatabaseUp();
  const body = { status: isUp ? 'ok' : 'degraded', process: 'up', database: isUp ? 'up' : 'down' };
  return Response.json(body, { status: isUp ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
