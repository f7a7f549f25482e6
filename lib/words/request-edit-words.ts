import type { RequestEdit } from '@/lib/domain/requests/request-edit';
import type { Grant } from '@/lib/domain/requests/request-wish';
import { limitText } from './limit-words';
import type { NewKeyRow } from './new-key-words';
import { untilText } from './request-words';

/** A wish as people read it: what it gives, the settings of a new key, and why. */
export type ReadWish = {
  readonly grant: Grant | null;
  readonly newKey: readonly NewKeyRow[];
  readonly reason: string;
};

function linesOf({ grant, newKey, reason }: ReadWish): readonly NewKeyRow[] {
  const limit = grant?.kind === 'limit' || grant?.kind === 'new_key' ? grant.limit : null;
  return [
    ...(limit === null ? [] : [{ label: 'Limit', value: limitText(limit) }]),
    ...(grant?.kind === 'limit' ? [{ label: 'Holds', value: untilText(grant.until) }] : []),
    ...newKey,
    { label: 'Reason', value: `“${reason}”` },
  ];
}

/** What differs between a wish and what was made of it, part by part. */
export function editsBetween(before: ReadWish, after: ReadWish): readonly RequestEdit[] {
  const [was, is] = [linesOf(before), linesOf(after)];
  const valueIn = (lines: readonly NewKeyRow[], label: string) =>
    lines.find((line) => line.label === label)?.value ?? 'not set';
  const labels = [...new Set([...was, ...is].map(({ label }) => label))];
  return labels.flatMap((label) => {
    const [from, to] = [valueIn(was, label), valueIn(is, label)];
    return from === to ? [] : [{ label, from, to }];
  });
}

/** `Limit: $400 monthly, now $350 monthly; Holds: for good, now until 5 Dec 2026, 23:59 UTC`. */
export function editText(edits: readonly RequestEdit[]): string {
  return edits.map(({ label, from, to }) => `${label}: ${from}, now ${to}`).join('; ');
}
