import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/lib/db/client';
import { containers, keyAssignments, keys, teams, users } from '@/lib/db/schema';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { createKeyFaults } from '@/lib/domain/keys/create-key-fault';
import type { CreateKeyInput } from '@/lib/domain/keys/key-input';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { capabilitiesOf } from '@/lib/providers/registry';
import type { ChangeOptions } from '../changes/planned-change';
import { runCreate } from '../changes/run-create';
import { getConnection } from '../connections/get-connection';
import type { ConnectionRow } from '../connections/provider-gateway';
import { requirePermission, type ServerContext } from '../context';
import { AppError, invalidField } from '../errors';
import { limitColumns, requireActive } from './load-key';
import { updateKeyExpiry } from './update-key-expiry';
import { updateKeyLabels } from './update-key-labels';

export type CreatedKey = {
  /** For `confirmSecret`, once the secret was shown. */
  readonly changeId: string;
  readonly keyId: number;
  readonly name: string;
  /** Shown once; held nowhere after this answer. */
  readonly secret: string;
  /** Wishes that came after the creation and did not take effect, in words for people. */
  readonly shortfalls: readonly string[];
};

/** Takes a new secret along in the transaction that records its key. */
export type DeliverSecret = (
  tx: Transaction,
  created: { readonly keyId: number; readonly secret: string },
) => Promise<void>;

export type CreateKeyOptions = ChangeOptions & {
  /** The secret goes to a browser, which must confirm it; so unless it is delivered elsewhere. */
  readonly isSecretShown?: boolean | undefined;
};

/**
 * Creates a key at the provider. Labels, and an expiry that the provider takes only afterwards, are changes
 * of their own: when one of them fails the key stays, and the answer says what is missing.
 */
export async function createKey(
  context: ServerContext,
  input: CreateKeyInput,
  deliver?: DeliverSecret,
  options: CreateKeyOptions = {},
): Promise<CreatedKey> {
  requirePermission(context, 'keys.create');
  const connection = await getConnection(context.db, input.connectionId);
  requireActive(connection);
  const capabilities = capabilitiesOf(connection.provider, connection.generation);
  requireNoFaults(capabilities, input, context.now());
  const containerExternalId = await findContainer(context.db, connection, input.containerId);
  await requireTeamAndOwner(context.db, input);
  const expiresAt =
    capabilities.expiryAtCreation.can && input.expiresAt !== null ? new Date(input.expiresAt) : null;
  const created = await runCreate(context, {
    kind: 'create_key',
    connection,
    key: null,
    wish: { ...input, reason: undefined },
    before: null,
    reason: input.reason,
    parentId: options.parentId,
    requireStill: options.requireStill,
    isSecretShown: (options.isSecretShown ?? deliver === undefined) && context.actor.kind === 'user',
    send: (writes) =>
      writes.createKey({
        name: input.name,
        limit: input.limit,
        includeByokInLimit: input.includeByokInLimit,
        containerExternalId,
        expiresAt,
        permissions: input.permissions,
      }),
    mirror: async (tx, { externalId, secret }) => {
      const keyId = await insertKey(tx, context, input, externalId, expiresAt);
      await deliver?.(tx, { keyId, secret });
      return { keyId, after: { externalId, name: input.name, limit: input.limit } };
    },
  });
  const shortfalls = await applyAfterCreation(context, capabilities, created.keyId, input, {
    parentId: options.parentId,
  });
  return {
    changeId: created.changeId,
    keyId: created.keyId,
    name: input.name,
    secret: created.result.secret,
    shortfalls,
  };
}

function requireNoFaults(capabilities: Capabilities, input: CreateKeyInput, now: Date): void {
  const faults = createKeyFaults(capabilities, input, now);
  if (faults.length === 0) return;
  throw new AppError('invalid', 'Some fields need another look.', {
    fieldErrors: Object.fromEntries(faults.map((fault) => [fault.field, [fault.reason]])),
  });
}

async function findContainer(
  db: Queryable,
  connection: ConnectionRow,
  containerId: number | null,
): Promise<string | null> {
  if (containerId === null) return null;
  const [row] = await db
    .select({ externalId: containers.externalId })
    .from(containers)
    .where(
      and(
        eq(containers.id, containerId),
        eq(containers.connectionId, connection.id),
        isNull(containers.goneAt),
      ),
    );
  if (!row) throw invalidField('containerId', `This is no longer found at ${connection.name}.`);
  return row.externalId;
}

async function requireTeamAndOwner(db: Queryable, input: CreateKeyInput): Promise<void> {
  if (input.teamId !== null) {
    const [team] = await db
      .select({ id: teams.id })
      .from(teams)
      .where(and(eq(teams.id, input.teamId), isNull(teams.archivedAt)));
    if (!team) throw invalidField('teamId', 'This team is no longer there.');
  }
  if (input.ownerId !== null) {
    const [owner] = await db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, input.ownerId), eq(users.isDisabled, false)));
    if (!owner) throw invalidField('ownerId', 'This person is no longer here.');
  }
}

async function insertKey(
  tx: Transaction,
  context: ServerContext,
  input: CreateKeyInput,
  externalId: string,
  expiresAt: Date | null,
): Promise<number> {
  const at = context.now();
  const { teamId, ownerId } = input;
  const values = {
    name: input.name,
    containerId: input.containerId,
    ...limitColumns(input.limit),
    includeByokInLimit: input.includeByokInLimit ?? null,
    expiresAt,
    permissions: input.permissions,
    providerCreatedAt: at,
    teamId,
    ownerId,
    writtenAt: at,
  };
  const [row] = await tx
    .insert(keys)
    .values({ ...values, connectionId: input.connectionId, externalId, firstSeenAt: at, lastSeenAt: at })
    // A read that overlaps the creation may have found the key first.
    .onConflictDoUpdate({ target: [keys.connectionId, keys.externalId], set: values })
    .returning({ id: keys.id });
  if (!row) throw new Error('the created key was not stored');
  if (teamId !== null || ownerId !== null) {
    await tx.insert(keyAssignments).values({ keyId: row.id, teamId, ownerId, fromDay: utcDayOf(at) });
  }
  return row.id;
}

async function applyAfterCreation(
  context: ServerContext,
  capabilities: Capabilities,
  keyId: number,
  input: CreateKeyInput,
  options: ChangeOptions,
): Promise<readonly string[]> {
  const shortfalls: string[] = [];
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      shortfalls.push(`${what}: ${error.message}`);
    }
  };
  const { reason } = input;
  if (Object.keys(input.labels).length > 0) {
    await attempt('Labels', () =>
      updateKeyLabels(context, { keyId, seenLabels: {}, labels: input.labels, reason }, options),
    );
  }
  if (input.expiresAt !== null && !capabilities.expiryAtCreation.can) {
    await attempt('Expiry', () =>
      updateKeyExpiry(context, { keyId, expiresAt: input.expiresAt, reason }, options),
    );
  }
  return shortfalls;
}
