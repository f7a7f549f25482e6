import type { ConnectionView, ReadState, ReadView } from '@/lib/domain/connections/connection-view';
import { readProgressText } from '@/lib/domain/usage/read-progress';

export type ReadKind = 'keys' | 'usage';

export const readKindWords: Record<ReadKind, string> = { keys: 'Keys', usage: 'Usage' };

export const readStateWords: Record<ReadState, { label: string; tone: 'neutral' | 'ok' | 'warn' | 'bad' }> = {
  never: { label: 'Not read yet', tone: 'neutral' },
  running: { label: 'Reading', tone: 'neutral' },
  complete: { label: 'Complete', tone: 'ok' },
  partial: { label: 'Partial', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

export function isReading({ keysRead, usageRead }: Pick<ConnectionView, 'keysRead' | 'usageRead'>): boolean {
  return keysRead.state === 'running' || usageRead.state === 'running';
}

/** How far a running read is: the share to draw, null while nobody knows the whole, and the words. */
export function readProgressOf(
  kind: ReadKind,
  { done, total }: ReadView,
): { value: number | null; text: string } {
  const value = total === null || total === 0 ? null : Math.min(1, done / total);
  return { value, text: readProgressText({ kind, done, total }) };
}
