import type { DriftKind, KeyValue } from '@/lib/domain/drift/drift';
import type { DriftView } from '@/lib/domain/drift/drift-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { limitText } from './limit-words';

/** What was changed, as it stands in a row. */
export const driftKindWords: Record<DriftKind, string> = {
  created: 'Key made',
  gone: 'Key deleted',
  name: 'Renamed',
  limit: 'Limit changed',
  state: 'Disabled or enabled',
};

/** A value of a difference in words; null where nothing is known of it. */
export function valueText(kind: DriftKind, value: KeyValue | null): string | null {
  if (value === null) return kind === 'created' || kind === 'gone' ? 'Not there' : null;
  const { name, limit, isDisabled } = value;
  switch (kind) {
    case 'name':
      return name === undefined ? null : `“${name}”`;
    case 'state':
      return isDisabled === undefined ? null : isDisabled ? 'Disabled' : 'Enabled';
    case 'limit':
      return limit === undefined ? null : limitText(limit);
    case 'created':
    case 'gone': {
      const parts = [
        limit === undefined ? null : limitText(limit),
        isDisabled === undefined ? null : isDisabled ? 'disabled' : 'enabled',
        value.creator ? `by ${value.creator}` : null,
      ];
      return parts.filter((part) => part !== null).join(', ') || null;
    }
  }
}

/** What putting back will make of it: "Set limit to $25 monthly". */
export function putBackText({ putBack }: DriftView): string | null {
  if (!putBack.can) return null;
  const { name, limit, isDisabled } = putBack.to;
  if (name !== undefined) return `Rename to “${name}”`;
  if (isDisabled !== undefined) return isDisabled ? 'Disable' : 'Enable';
  return limit === undefined ? null : `Set limit to ${limitText(limit)}`;
}

/** What else stands in the way or hangs on it: a raise, over or not, and a rotation. */
export function circumstances({ lastSeen, raise, isUnderRotation, kind }: DriftView): readonly string[] {
  const ended = lastSeen?.raise;
  return [
    ...(ended
      ? [
          `A raise from ${limitText(ended.base)} to ${limitText(ended.raised)} ended ${formatDateTime(ended.endsAt)}; as another limit was there, nothing was overwritten.`,
        ]
      : []),
    ...(raise
      ? [
          kind === 'limit'
            ? `A raise from ${limitText(raise.base)} to ${limitText(raise.held)} holds until ${formatDateTime(raise.endsAt)}. Adopting what is there now ends it; nothing is undone by itself.`
            : `A raise to ${limitText(raise.held)} holds until ${formatDateTime(raise.endsAt)}.`,
        ]
      : []),
    ...(isUnderRotation ? ['The key is being rotated. Nothing of this is undone by itself.'] : []),
  ];
}
