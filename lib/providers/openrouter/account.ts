import { parseUsd, subtractUsd, type Usd, ZERO_USD } from '@/lib/domain/money/usd';
import type { HttpClient } from '../http/http-client';
import { lenientBoolean, lenientText } from '../http/lenient';
import type { CallOptions, ConnectionReport, ProviderMember } from '../port';
import { ProviderError } from '../provider-error';
import { openRouterCapabilities } from './capabilities';
import { readInventory } from './inventory';
import { toMember } from './mapper';
import { readList } from './read-list';
import { creditsSchema, whoAmISchema } from './wire';

type WhoAmI = { readonly isManagementKey: boolean | null; readonly organizationId: string | null };

async function readWhoAmI(client: HttpClient, options: CallOptions): Promise<WhoAmI> {
  const { data } = await client.read(
    { operation: 'read key in use', path: '/key', schema: whoAmISchema },
    options,
  );
  const isManagementKey = lenientBoolean(data.is_management_key) ?? lenientBoolean(data.is_provisioning_key);
  return { isManagementKey: isManagementKey ?? null, organizationId: lenientText(data.organization_id) };
}

/** What is left of the account's credits; null when the answer may not be the account's own. */
export async function readBalance(client: HttpClient, options: CallOptions): Promise<Usd | null> {
  const { data } = await client.read(
    { operation: 'read credits', path: '/credits', schema: creditsSchema },
    options,
  );
  const [credits, usage] = [parseUsd(data.total_credits), parseUsd(data.total_usage)];
  if (credits === null || usage === null) return null;
  if (credits !== ZERO_USD || usage !== ZERO_USD) return subtractUsd(credits, usage);
  // Keys without the right have been answered with zeros instead of a refusal (observed).
  const { isManagementKey } = await readWhoAmI(client, options);
  return isManagementKey === true ? ZERO_USD : null;
}

/** The members of the organization; empty for a personal account, for which OpenRouter answers 404. */
export async function readMembers(client: HttpClient, options: CallOptions): Promise<ProviderMember[]> {
  try {
    const request = { operation: 'list members', path: '/organization/members' };
    const rows = await readList(client, request, options);
    return rows.map(toMember).filter((member) => member !== null);
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found') return [];
    throw error;
  }
}

/** Null when a part that a test can do without was refused or could not be read. */
async function optional<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProviderError) return null;
    throw error;
  }
}

/** Finds out who the key is and what it may do. Throws `forbidden` for a key that manages nothing. */
export async function inspect(client: HttpClient, options: CallOptions): Promise<ConnectionReport> {
  const me = await readWhoAmI(client, options);
  if (me.isManagementKey === false) {
    throw new ProviderError('forbidden', 'inspect', {
      providerMessage: 'Only management keys can perform this operation',
    });
  }
  const [inventory, balance, members] = await Promise.all([
    readInventory(client, options),
    optional(readBalance(client, options)),
    optional(readMembers(client, options)),
  ]);
  return {
    generation: 'current',
    accountName: accountNameOf(me, members),
    keyCount: inventory.keys.length,
    containerCount: inventory.containers.length,
    balance,
    rights: [
      { name: 'Management key', isPresent: me.isManagementKey },
      { name: 'Read every workspace', isPresent: inventory.isComplete },
      { name: 'Read credits', isPresent: balance !== null },
      { name: 'Read organization members', isPresent: members !== null },
    ],
    capabilities: openRouterCapabilities,
    // Management keys are not among the keys that OpenRouter lists.
    ownKeyExternalId: null,
  };
}

/** OpenRouter tells no name of an account, only whether it is an organization. */
function accountNameOf({ organizationId }: WhoAmI, members: readonly ProviderMember[] | null): string | null {
  if (members === null) return organizationId === null ? null : 'Organization';
  if (members.length === 0) return 'Personal account';
  return `Organization of ${members.length} ${members.length === 1 ? 'member' : 'members'}`;
}
