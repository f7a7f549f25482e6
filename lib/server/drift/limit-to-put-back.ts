import 'server-only';
import type { Limit } from '@/lib/domain/limits/limit';
import type { DriftRow } from './drift-row';

/**
 * The limit that putting back means: what the raises that hold now say (`held`), after a raise that is over its
 * base, else what was last seen.
 */
export function limitToPutBack({ lastSeen }: Pick<DriftRow, 'lastSeen'>, held: Limit | null): Limit | null {
  return held ?? lastSeen?.raise?.base ?? lastSeen?.limit ?? null;
}
