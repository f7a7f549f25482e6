/** Runs once in each server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return;
  const { trackPeerAddresses } = await import('@/lib/server/people/track-peer-addresses');
  trackPeerAddresses();
  const { startJobs } = await import('@/lib/jobs/start-jobs');
  startJobs();
}
