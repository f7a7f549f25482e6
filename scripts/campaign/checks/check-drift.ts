import type { Evidence } from './evidence';

const opOf = { created: 'create', gone: 'delete', name: 'name', limit: 'limit', state: 'disabled' } as const;

/** Asks about a limit that somebody, here or outside, set over a raise that has ended. */
function isOfRaise(lastSeen: unknown): boolean {
  return typeof lastSeen === 'object' && lastSeen !== null && 'raise' in lastSeen;
}

/** Nothing is told as changed outside that nobody changed outside. */
export function checkDrift({ world, sides, drift, changes }: Evidence): void {
  for (const item of drift) {
    const side = sides.find(({ vendor }) => vendor.connectionId === item.connectionId);
    const row = side?.mirror.find(({ id }) => id === item.keyId);
    // A key that was renamed outside before anyone could look for it by its name is a stranger's to all who look.
    const isTrue = side?.effects.some(
      ({ by, op, key }) =>
        by === 'outside' &&
        key === row?.externalId &&
        (op === opOf[item.kind] || (item.kind === 'created' && op === 'name')),
    );
    if (isTrue || item.decision === 'resolved_itself' || isOfRaise(item.lastSeen)) continue;
    const own = changes
      .filter(({ keyId }) => keyId === item.keyId)
      .map(({ kind, state }) => `${kind} ${state}`);
    world.tally.violate(
      'own changes never show as drift',
      `${side?.vendor.name} ${row?.externalId}: ${JSON.stringify(item)}; changes of it: ${own.join(', ')}`,
    );
  }
}
