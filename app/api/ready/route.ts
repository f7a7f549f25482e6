import { isReadyToServe } from '@/lib/server/health/check-health';

export const dynamic = 'force-dynamic';

/** 200 once the database has every table of this version. */
export async function GET(): Promise<Response> {
  const isReady = await isReadyToServe();
  const body = { status: isReady ? 'ready' : 'waiting', migrations: isReady ? 'done' : 'pending' };
  return Response.json(body, { status: isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
