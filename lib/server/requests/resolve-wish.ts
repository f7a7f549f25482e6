import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { containers, keys, teams } from '@/lib/db/schema';
import { createKeyFaults } from '@/lib/domain/keys/create-key-fault';
import type { CreateKeyInput } from '@/lib/domain/keys/key-input';
import { limitFault } from '@/lib/domain/limits/decide-limit';
import { isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { raiseFault } from '@/lib/domain/raises/raise';
import type {
  CreateRequestInput,
  EditRequestInput,
  NewKeyWish,
  RequestWish,
} from '@/lib/domain/requests/request-wish';
import { capabilitiesOf } from '@/lib/providers/registry';
import { getConnection } from '../connections/get-connection';
import type { ConnectionRow } from '../connections/provider-gateway';
import { requireUser, type ServerContext, teamsWithinReach } from '../context';
import { AppError, invalidField, notFound } from '../errors';
import { type LoadedKey, limitOf, loadKey, requireActive } from '../keys/load-key';
import { listOpenRaises } from '../raises/raise-row';
import { loadBasis } from './load-basis';

type Asked = CreateRequestInput['wish'];
type AskedOf<Kind extends Asked['kind']> = Extract<Asked, { kind: Kind }>;
export type ResolvedWish = { readonly wish: RequestWish; readonly connectionId: number };

/** The wish with everything it names found within reach; throws beside the field that is at fault. */
export async function resolveWish(context: ServerContext, asked: Asked): Promise<ResolvedWish> {
  switch (asked.kind) {
    case 'limit':
      return resolveLimit(context, asked);
    case 'enable_key':
      return resolveEnable(context, asked);
    case 'new_key':
      return resolveNewKey(context, asked);
    case 'take_over':
      return resolveTakeOver(context, asked);
  }
}

async function loadAskable(context: ServerContext, keyId: number): Promise<LoadedKey> {
  const loaded = await loadKey(context, 'requests.create', keyId);
  const { key, connection } = loaded;
  if (key.deletedAt || key.goneAt) throw invalidField('wish.keyId', `${key.name} is not there any more.`);
  requireActive(connection);
  return loaded;
}

/** A raise until a date goes over the base of those that hold already. */
async function requireUntil(
  context: ServerContext,
  { id, limit: current }: { readonly id: number; readonly limit: Limit },
  { limit, until }: { readonly limit: Limit; readonly until: string | null },
): Promise<void> {
  if (until === null) return;
  const open = await listOpenRaises(context.db, id);
  const others = open.map(({ raisedLimit }) => raisedLimit);
  const base = open[0]?.baseLimit ?? current;
  const fault = raiseFault({ base, others, limit, endsAt: new Date(until) }, context.now());
  if (fault) throw invalidField(fault.field === 'endsAt' ? 'wish.until' : 'wish.change', fault.message);
}

async function resolveLimit(context: ServerContext, asked: AskedOf<'limit'>): Promise<ResolvedWish> {
  const { key, connection, capabilities } = await loadAskable(context, asked.keyId);
  const { basis } = await loadBasis(context, context.db, asked);
  const current = basis.key?.limit ?? limitOf(key);
  const { grant } = basis;
  if (grant?.kind !== 'limit') {
    throw invalidField('wish.change', 'This key has no cap that an amount could be added to.');
  }
  if (isSameLimit(grant.limit, current)) throw invalidField('wish.change', 'This is the limit already.');
  const fault = limitFault(capabilities, grant.limit);
  if (fault) throw invalidField('wish.change', fault);
  await requireUntil(context, { id: key.id, limit: current }, grant);
  return { wish: asked, connectionId: connection.id };
}

async function resolveEnable(context: ServerContext, asked: AskedOf<'enable_key'>): Promise<ResolvedWish> {
  const { key, connection, capabilities } = await loadAskable(context, asked.keyId);
  if (!capabilities.disable.can) throw invalidField('wish.keyId', capabilities.disable.reason);
  if (!key.isDisabled) throw invalidField('wish.keyId', `${key.name} is enabled already.`);
  return { wish: asked, connectionId: connection.id };
}

/** A team within reach that was not archived. */
async function requireTeam(context: ServerContext, teamId: number): Promise<void> {
  const reach = teamsWithinReach(context, 'requests.create');
  const [team] = await context.db
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.id, teamId), isNull(teams.archivedAt)));
  if (!team || (reach !== null && !reach.includes(teamId))) throw notFound('team');
}

/** The new key as the verb that makes it takes it, without the words that go along. */
export function newKeyInput(wish: NewKeyWish): Omit<CreateKeyInput, 'reason' | 'ownerId'> {
  const { name, connectionId, teamId, containerId, limit, includeByokInLimit, expiresAt, permissions } = wish;
  const place = { name, connectionId, teamId, containerId };
  const byok = includeByokInLimit === null ? {} : { includeByokInLimit };
  return { ...place, ...byok, limit, expiresAt, permissions, labels: {} };
}

/** Everything that the connection cannot do, each beside its field: told before anybody approves it. */
function requireCreatable(context: ServerContext, connection: ConnectionRow, wish: NewKeyWish): void {
  const capabilities = capabilitiesOf(connection.provider, connection.generation);
  const input = { ...newKeyInput(wish), reason: '', ownerId: null };
  const faults = createKeyFaults(capabilities, input, context.now());
  if (faults.length === 0) return;
  throw new AppError('invalid', 'Some fields need another look.', {
    fieldErrors: Object.fromEntries(faults.map(({ field, reason }) => [`wish.${field}`, [reason]])),
  });
}

async function requireContainer(
  context: ServerContext,
  { id, name }: ConnectionRow,
  containerId: number | null,
): Promise<void> {
  if (containerId === null) return;
  const [found] = await context.db
    .select({ id: containers.id })
    .from(containers)
    .where(and(eq(containers.id, containerId), eq(containers.connectionId, id), isNull(containers.goneAt)));
  if (!found) throw invalidField('wish.containerId', `This is no longer found at ${name}.`);
}

async function resolveNewKey(context: ServerContext, asked: AskedOf<'new_key'>): Promise<ResolvedWish> {
  await requireTeam(context, asked.teamId);
  const connection = await getConnection(context.db, asked.connectionId);
  requireActive(connection);
  requireCreatable(context, connection, asked);
  await requireContainer(context, connection, asked.containerId);
  return { wish: asked, connectionId: connection.id };
}

/** A key of nobody's, by its exact name: only these may be named without being seen. */
async function findUnowned(context: ServerContext, name: string) {
  const found = await context.db
    .select({ id: keys.id, connectionId: keys.connectionId })
    .from(keys)
    .where(
      and(
        sql`lower(${keys.name}) = lower(${name})`,
        isNull(keys.teamId),
        isNull(keys.goneAt),
        isNull(keys.deletedAt),
      ),
    )
    .limit(2);
  const [key] = found;
  if (!key) throw invalidField('wish.keyName', 'No key without a team has exactly this name.');
  if (found.length > 1) {
    throw invalidField(
      'wish.keyName',
      'Several keys without a team have this name. Ask an admin to tell them apart.',
    );
  }
  return key;
}

async function resolveTakeOver(context: ServerContext, asked: AskedOf<'take_over'>): Promise<ResolvedWish> {
  await requireTeam(context, asked.teamId);
  const { id: ownerId } = requireUser(context);
  const { teamId, keyId, keyName } = asked;
  if (keyId === null) {
    if (keyName === '') throw invalidField('wish.keyName', 'Name the key.');
    const key = await findUnowned(context, keyName);
    const wish = { kind: 'take_over', keyId: key.id, teamId, ownerId } as const;
    return { wish, connectionId: key.connectionId };
  }
  const { key, connection } = await loadAskable(context, keyId);
  if (key.teamId === teamId && key.ownerId === ownerId) {
    throw invalidField('wish.keyId', `${key.name} is yours already.`);
  }
  return { wish: { kind: 'take_over', keyId, teamId, ownerId }, connectionId: connection.id };
}

/**
 * A wish that waits, as it is to be instead: within what it is about. Throws beside the field that is at fault, and
 * `not_found` for a key or team that is no longer within reach.
 */
export async function resolveEdit(
  context: ServerContext,
  before: RequestWish,
  asked: EditRequestInput['wish'],
): Promise<RequestWish> {
  const other = invalidField('wish.kind', 'This is a wish of its own: ask for it apart.');
  if (asked.kind === 'limit' && before.kind === 'limit') {
    if (asked.keyId !== before.keyId) throw other;
    return (await resolveLimit(context, asked)).wish;
  }
  if (asked.kind === 'new_key' && before.kind === 'new_key') {
    if (asked.connectionId !== before.connectionId || asked.teamId !== before.teamId) throw other;
    return (await resolveNewKey(context, asked)).wish;
  }
  if (asked.kind !== before.kind) throw other;
  return before;
}
