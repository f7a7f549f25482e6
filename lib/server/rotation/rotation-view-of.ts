import 'server-only';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import type { RotationView } from '@/lib/domain/rotation/rotation-view';
import type { Advanced } from './advance-rotation';

/** A rotation as pages show it. */
export function rotationViewOf({ loaded, watch, hold }: Advanced): RotationView {
  const { row, old, new: made, connection, capabilities } = loaded;
  const isOpen = row.finishedAt === null;
  const isWatched = isOpen && row.state === 'watching';
  const isStopped = row.state === 'retiring';
  return {
    id: row.id,
    state: row.state,
    isOpen,
    oldKey: { id: old.id, name: old.name },
    newKey: made && { id: made.id, name: made.name },
    connectionName: connection.name,
    providerName: providerWords[connection.provider].name,
    canDisable: capabilities.disable.can,
    lowestCap: capabilities.lowestCap,
    quietHours: row.quietHours,
    quietSince: isWatched ? watch.quietSince.toISOString() : null,
    seenUntil: watch.seenUntil?.toISOString() ?? null,
    quietMs: watch.quietMs,
    earliest: isWatched ? watch.earliest.toISOString() : null,
    waitUntil: isWatched ? (row.waitUntil?.toISOString() ?? null) : null,
    deleteAt: isStopped ? (row.waitUntil?.toISOString() ?? null) : null,
    hold,
    failure: row.failure,
    startedAt: row.startedAt.toISOString(),
    startedByName: loaded.startedByName,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
