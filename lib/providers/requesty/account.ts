import type { Generation } from '@/lib/domain/connections/provider-kind';
import type { KeyPermissions } from '@/lib/domain/keys/key-input';
import { parseUsd, type Usd } from '@/lib/domain/money/usd';
import { type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import type { HttpClient } from '../http/http-client';
import { lenientText } from '../http/lenient';
import type { CallOptions, ConnectionReport, ProviderMember } from '../port';
import { ProviderError, type ProviderErrorKind } from '../provider-error';
import { requestyCapabilities } from './capabilities';
import { readClassicSum } from './classic-usage';
import { readInventory, readKeyRows } from './inventory';
import { toMember } from './mapper';
import { keyRowSchema, memberListSchema, organizationSchema, permissionsSchema, usageSchema } from './wire';

type Organization = { readonly name: string | null; readonly balance: Usd | null };

export async function readOrganization(client: HttpClient, options: CallOptions): Promise<Organization> {
  const { name, balance } = await client.read(
    { operation: 'read organization', path: '/v1/manage/org', schema: organizationSchema },
    options,
  );
  return { name: lenientText(name), balance: parseUsd(balance) };
}

/** Throws `unsupported` where the account's API does not list its members. */
export async function readMembers(client: HttpClient, options: CallOptions): Promise<ProviderMember[]> {
  try {
    const rows = await client.read(
      { operation: 'list members', path: '/v1/manage/org/member', schema: memberListSchema },
      options,
    );
    return rows.map(toMember).filter((member) => member !== null);
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found') {
      throw new ProviderError('unsupported', 'list members', { status: error.status });
    }
    throw error;
  }
}

/** The value, or null when the provider refused in one of the named ways. */
async function unless<Value>(
  kinds: readonly ProviderErrorKind[],
  work: Promise<Value>,
): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProviderError && kinds.includes(error.kind)) return null;
    throw error;
  }
}

const REFUSALS: readonly ProviderErrorKind[] = [
  'forbidden',
  'not_found',
  'invalid_request',
  'invalid_response',
  'unsupported',
];

/**
 * Which generation answers. The current one tells a key's usage at `/usage`; the classic one answers sums where
 * the current one reads a key. Throws `invalid_response` when it is neither.
 */
async function detectGeneration(
  client: HttpClient,
  rows: readonly unknown[],
  today: UtcDay,
  options: CallOptions,
): Promise<Generation> {
  const usage = await unless(
    REFUSALS,
    client.read(
      {
        operation: 'find generation',
        path: '/v1/manage/apikey/self/usage',
        query: { start: `${today}T00:00:00Z`, resolution: 'day' },
        schema: usageSchema,
      },
      options,
    ),
  );
  if (usage !== null) return 'current';
  const first = rows.map((row) => keyRowSchema.safeParse(row).data).find((row) => row !== undefined);
  // Without any key there is nothing to ask about; what lacks the current form is taken for the older one.
  if (first === undefined) return 'classic';
  const sum = await unless(REFUSALS, readClassicSum(client, first.id, { from: today, to: today }, options));
  if (sum !== null) return 'classic';
  throw new ProviderError('invalid_response', 'find generation');
}

type OwnKey = { readonly externalId: string; readonly permissions: KeyPermissions | null };

/** The management key in use: it stands among the keys. Null where it cannot be told. */
export async function readOwnKey(client: HttpClient, options: CallOptions): Promise<OwnKey | null> {
  const row = await unless(
    REFUSALS,
    client.read(
      { operation: 'read key in use', path: '/v1/manage/apikey/self', schema: keyRowSchema },
      options,
    ),
  );
  if (row === null) return null;
  return { externalId: row.id, permissions: permissionsSchema.safeParse(row.permissions).data ?? null };
}

/** Finds out the generation, the organization and the key's rights. Listing the keys proves the right to read. */
export async function inspect(
  client: HttpClient,
  now: Date,
  options: CallOptions,
): Promise<ConnectionReport> {
  const rows = await readKeyRows(client, options);
  const generation = await detectGeneration(client, rows, utcDayOf(now), options);
  const [inventory, organization, own] = await Promise.all([
    readInventory(client, generation, options),
    unless(REFUSALS, readOrganization(client, options)),
    generation === 'current' ? readOwnKey(client, options) : null,
  ]);
  return {
    generation,
    accountName: organization?.name ?? null,
    keyCount: inventory.keys.length,
    containerCount: inventory.containers.length,
    balance: organization?.balance ?? null,
    rights: [
      { name: 'manage: read', isPresent: true },
      { name: 'manage: write', isPresent: own?.permissions ? own.permissions.manage === 'write' : null },
      { name: 'Read the organization', isPresent: organization !== null },
    ],
    capabilities: requestyCapabilities[generation],
    ownKeyExternalId: own?.externalId ?? null,
  };
}
