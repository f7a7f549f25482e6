import 'server-only';
import { eq, max } from 'drizzle-orm';
import { providerMembers } from '@/lib/db/schema';
import type { BudgetAnswer } from '@/lib/domain/binds/provider-budget';
import type { Usd } from '@/lib/domain/money/usd';
import type { Provider, ProviderContainer, ProviderMember } from '@/lib/providers/port';
import { findBudgetsReadAt, storeBudgets } from '../budgets/store-budgets';
import { toReadError } from '../changes/change-failure';
import type { ConnectionRow } from '../connections/provider-gateway';
import { type ServerContext, withTransaction } from '../context';
import { tellOfGone } from '../teams/tell-left';
import { storeBalance, storeMembers, storeOwnKey } from './store-account';
import type { TrackedRead } from './track-read';

/** People and budgets change less often than keys are read. */
const EVERY_MS = 15 * 60_000;

async function areMembersFresh(context: ServerContext, connectionId: number): Promise<boolean> {
  if (context.actor.kind === 'user') return false;
  const [row] = await context.db
    .select({ at: max(providerMembers.lastSeenAt) })
    .from(providerMembers)
    .where(eq(providerMembers.connectionId, connectionId));
  return row?.at != null && context.now().getTime() - row.at.getTime() < EVERY_MS;
}

async function areBudgetsFresh(context: ServerContext, connectionId: number): Promise<boolean> {
  if (context.actor.kind === 'user') return false;
  const at = await findBudgetsReadAt(context.db, connectionId);
  return at !== null && context.now().getTime() - at.getTime() < EVERY_MS;
}

/** What an account tells besides its keys; null where nothing was asked or could be read. */
export type AccountAnswer = {
  readonly balance: Usd | null;
  readonly members: readonly ProviderMember[] | null;
  readonly budgets: BudgetAnswer | null;
  /** Asked for until it is known. */
  readonly ownKeyExternalId: string | null;
  /** What could not be read, in sentences for people. */
  readonly failures: readonly string[];
};

/** Asks for the balance, people and budgets of the account, where the provider tells them. Throws only when aborted. */
export async function askAccount(
  context: ServerContext,
  connection: ConnectionRow,
  provider: Provider,
  { signal, containers }: Pick<TrackedRead, 'signal'> & { readonly containers: readonly ProviderContainer[] },
): Promise<AccountAnswer> {
  const { capabilities, reads } = provider;
  const failures: string[] = [];
  const attempt = async <Told>(
    what: string,
    isAsked: boolean,
    ask: () => Promise<Told>,
  ): Promise<Told | null> => {
    if (!isAsked) return null;
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(`${what}: ${toReadError(error, connection.name).message}`);
      return null;
    }
  };
  const areMembersAsked = capabilities.members.can && !(await areMembersFresh(context, connection.id));
  const areBudgetsAsked = capabilities.budgets.can && !(await areBudgetsFresh(context, connection.id));
  const containerIds = containers.map(({ externalId }) => externalId);
  const isOwnKeyAsked = connection.ownKeyExternalId === null;
  const [balance, members, budgets, ownKeyExternalId] = await Promise.all([
    attempt('The balance could not be read', capabilities.balance.can, () => reads.getBalance({ signal })),
    attempt('The members could not be read', areMembersAsked, () => reads.listMembers({ signal })),
    attempt('The budgets above keys could not be read', areBudgetsAsked, () =>
      reads.readBudgets(containerIds, { signal }),
    ),
    attempt('Keyward’s own key could not be found', isOwnKeyAsked, () => reads.findOwnKey({ signal })),
  ]);
  return { balance, members, budgets, ownKeyExternalId, failures };
}

/** Keeps what was told; what could not be read stays as it was known. */
export async function storeAccount(
  context: ServerContext,
  connectionId: number,
  { balance, members, budgets, ownKeyExternalId }: AccountAnswer,
): Promise<void> {
  const at = context.now();
  if (balance !== null) await storeBalance(context.db, connectionId, balance, at);
  if (ownKeyExternalId !== null) await storeOwnKey(context.db, connectionId, ownKeyExternalId);
  if (members !== null) {
    await withTransaction(context, async (tx) => {
      await storeMembers(tx, members, { connectionId, at });
      await tellOfGone(tx, context, { connectionId, at });
    });
  }
  if (budgets !== null) {
    await withTransaction(context, (tx) => storeBudgets(tx, budgets, { connectionId, at }));
  }
}
