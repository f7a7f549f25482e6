import 'server-only';
import { eq } from 'drizzle-orm';
import { requests } from '@/lib/db/schema';
import type { ServerContext } from '../context';

/** Longer than any provider takes to answer: so long nobody else takes up what is being carried out. */
const CARRY_LEASE_MS = 180_000;

export function carryLeaseEnd(context: ServerContext): Date {
  return new Date(context.now().getTime() + CARRY_LEASE_MS);
}

/** For the start of a process that is the only one on its database: what a dead one approved goes on at once. */
export async function endDeadRequestLeases(context: ServerContext): Promise<void> {
  await context.db.update(requests).set({ workedUntil: null }).where(eq(requests.state, 'approved'));
}
