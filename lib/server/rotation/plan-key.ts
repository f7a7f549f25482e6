import 'server-only';
import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Queryable } from '@/lib/db/client';
import { containers, keys, rotations, teams, users } from '@/lib/db/schema';
import { keyStatus } from '@/lib/domain/keys/key-status';
import { nextKeyName } from '@/lib/domain/rotation/next-key-name';
import { planRotation, type RotationPlan } from '@/lib/domain/rotation/rotation-plan';
import type { ServerContext } from '../context';
import { type LoadedKey, limitOf } from '../keys/load-key';
import { isOwnKey } from '../keys/refuse-own-key';
import { listActiveRaises } from '../raises/raise-row';

/** What the new key is to be, from what the old one is. */
export async function planKey(context: ServerContext, loaded: LoadedKey): Promise<RotationPlan> {
  const { key, capabilities } = loaded;
  const [about] = await context.db
    .select({
      containerName: containers.name,
      containerGoneAt: containers.goneAt,
      teamArchivedAt: teams.archivedAt,
      ownerName: users.name,
      isOwnerDisabled: users.isDisabled,
    })
    .from(keys)
    .leftJoin(containers, eq(containers.id, keys.containerId))
    .leftJoin(teams, eq(teams.id, keys.teamId))
    .leftJoin(users, eq(users.id, keys.ownerId))
    .where(eq(keys.id, key.id));
  const [raise] = await listActiveRaises(context.db, key.id);
  return planRotation(
    capabilities,
    {
      connectionId: key.connectionId,
      limit: raise?.baseLimit ?? limitOf(key),
      isRaised: raise !== undefined,
      includeByokInLimit: key.includeByokInLimit,
      permissions: key.permissions,
      labels: key.labels,
      expiresAt: key.expiresAt,
      isDisabled: key.isDisabled,
      containerId: key.containerId,
      containerName: about?.containerName ?? null,
      isContainerGone: about?.containerGoneAt != null,
      teamId: key.teamId,
      isTeamArchived: about?.teamArchivedAt != null,
      ownerId: key.ownerId,
      ownerName: about?.ownerName ?? null,
      isOwnerGone: about?.isOwnerDisabled === true,
    },
    context.now(),
  );
}

/** The name by the rule, free among the live keys of the connection. */
export async function proposeName(db: Queryable, { key }: LoadedKey): Promise<string> {
  const rows = await db
    .select({ name: keys.name })
    .from(keys)
    .where(
      and(
        eq(keys.connectionId, key.connectionId),
        ne(keys.id, key.id),
        isNull(keys.goneAt),
        isNull(keys.deletedAt),
      ),
    );
  return nextKeyName(key.name, new Set(rows.map(({ name }) => name)));
}

/** Why a key cannot be rotated now, in a sentence; null when it can. */
export async function findObstacle(context: ServerContext, loaded: LoadedKey): Promise<string | null> {
  const { key, connection } = loaded;
  if (isOwnKey(loaded)) {
    return `${key.name} is Keyward’s own key to ${connection.name}: replace it on the connection’s page.`;
  }
  if (key.deleteAfter) return `${key.name} waits for its deletion. Take that back first.`;
  const { expiresAt } = key;
  const status = keyStatus(
    {
      isDeleted: false,
      isGone: false,
      isRemoved: false,
      isBeingDeleted: false,
      isDisabled: false,
      expiresAtMs: expiresAt?.getTime() ?? null,
      limit: limitOf(key),
    },
    context.now().getTime(),
  );
  if (status === 'expired') return `${key.name} is expired: nothing can use it. Create a new key instead.`;
  const [asOld] = await context.db
    .select({ id: rotations.id })
    .from(rotations)
    .where(and(eq(rotations.oldKeyId, key.id), isNull(rotations.finishedAt)));
  if (asOld) return `${key.name} is being rotated already.`;
  const [asNew] = await context.db
    .select({ name: keys.name, state: rotations.state })
    .from(rotations)
    .innerJoin(keys, eq(keys.id, rotations.oldKeyId))
    .where(and(eq(rotations.newKeyId, key.id), isNull(rotations.finishedAt)));
  if (!asNew || asNew.state === 'retiring') return null;
  return `${key.name} is taking over from ${asNew.name}. Retire that one or go back first.`;
}
