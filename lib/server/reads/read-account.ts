import 'server-only';
import { eq, max } from 'drizzle-orm';
import { providerMembers } from '@/lib/db/schema';
import type { Provider } from '@/lib/providers/port';
import { toReadError } from '../changes/change-failure';
import type { ConnectionRow } from '../connections/provider-gateway';
import { type ServerContext, withTransaction } from '../context';
import { storeBalance, storeMembers } from './store-account';
import type { TrackedRead } from './track-read';

/** People come and go less often than keys are read. */
const MEMBERS_EVERY_MS = 15 * 60_000;

async function areMembersFresh(context: ServerContext, connectionId: number): Promise<boolean> {
  if (context.actor.kind === 'user') return false;
  const [row] = await context.db
    .select({ at: max(providerMembers.lastSeenAt) })
    .from(providerMembers)
    .where(eq(providerMembers.connectionId, connectionId));
  return row?.at != null && context.now().getTime() - row.at.getTime() < MEMBERS_EVERY_MS;
}

/**
 * The balance and the people of the account, where the provider tells them. The keys are stored by then: what
 * fails here is answered as a sentence, and what was known of it stays.
 */
export async function readAccount(
  context: ServerContext,
  connection: ConnectionRow,
  provider: Provider,
  read: TrackedRead,
): Promise<string | null> {
  const { capabilities, reads } = provider;
  const { signal } = read;
  const failures: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(`${what}: ${toReadError(error, connection.name).message}`);
    }
  };
  if (capabilities.balance.can) {
    await attempt('The balance could not be read', async () => {
      const balance = await reads.getBalance({ signal });
      if (balance !== null) await storeBalance(context.db, connection.id, balance, context.now());
    });
  }
  if (capabilities.members.can && !(await areMembersFresh(context, connection.id))) {
    await attempt('The members could not be read', async () => {
      const members = await reads.listMembers({ signal });
      const told = { connectionId: connection.id, at: context.now() };
      await withTransaction(context, (tx) => storeMembers(tx, members, told));
    });
  }
  return failures.length === 0 ? null : failures.join(' ');
}
