'use client';

import { useEffect, useRef, useState } from 'react';
import type { KeyRow } from '@/lib/domain/keys/keys-table';

/** What people decide about a key. Spend moves all the time and is left out. */
function settingsOf(row: KeyRow): string {
  return JSON.stringify([
    row.name,
    row.status,
    row.limit,
    row.team?.id,
    row.owner?.id,
    row.expiresAtMs,
    row.includeByokInLimit,
  ]);
}

/** True from the moment a key's settings differ from what was drawn before, until `onGlowEnd`. */
export function useRowGlow(row: KeyRow): { isGlowing: boolean; onGlowEnd: () => void } {
  const drawn = useRef(row);
  const [glowingId, setGlowingId] = useState<number | null>(null);

  useEffect(() => {
    const before = drawn.current;
    drawn.current = row;
    if (before === row) return;
    // A drawn row is taken over by another key when its own goes.
    if (before.id !== row.id) setGlowingId(null);
    else if (settingsOf(before) !== settingsOf(row)) setGlowingId(row.id);
  }, [row]);

  return { isGlowing: glowingId === row.id, onGlowEnd: () => setGlowingId(null) };
}
