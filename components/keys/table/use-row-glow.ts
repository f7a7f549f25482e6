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
  const drawn = useRef<{ id: number; settings: string } | null>(null);
  const [isGlowing, setIsGlowing] = useState(false);

  useEffect(() => {
    const settings = settingsOf(row);
    const before = drawn.current;
    drawn.current = { id: row.id, settings };
    if (before && before.id === row.id && before.settings !== settings) setIsGlowing(true);
  }, [row]);

  return { isGlowing, onGlowEnd: () => setIsGlowing(false) };
}
