import type { RotationNote } from '@/lib/domain/rotation/rotation-plan';
import type { RotationView } from '@/lib/domain/rotation/rotation-view';
import { formatDateTime, formatDuration, formatRelative, formatWeekdayTime } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';
import { limitText } from './limit-words';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Reads come every minute or so; older ones than this hold the quiet up. */
const STALE_MS = 15 * 60_000;

/** What cannot come along with a rotation, in a sentence. */
export function rotationNoteText(note: RotationNote, providerName: string): string {
  switch (note.kind) {
    case 'limit_starts_anew':
      return `The new key starts its limit of ${limitText(note.limit)} at $0, so until the limit starts anew both keys together may spend more than that.`;
    case 'raise':
      return 'This key’s limit is raised for a while. The raise stays with it: the new key gets the limit below it.';
    case 'container':
      return note.reason === null
        ? `“${note.name}” is not there any more: the new key stands outside of it.`
        : `The new key stands outside of “${note.name}”. ${note.reason}`;
    case 'permissions_not_told':
      return `${providerName} did not tell this key’s permissions: the new one gets those that ${providerName} gives to new keys.`;
    case 'expiry_not_told':
      return `${note.reason} This key has none known here, so the new one gets none.`;
    case 'expiry':
      return `The expiry stays behind. ${note.reason}`;
    case 'expired':
      return 'This key’s expiry is past: the new one gets none.';
    case 'labels':
      return `The labels stay behind. ${note.reason}`;
    case 'unlimited':
      return `The new key needs a limit. ${note.reason}`;
    case 'disabled':
      return 'This key is disabled; the new one works at once.';
    case 'owner_gone':
      return `${note.name} is no longer here: the new key is unowned.`;
    case 'team_archived':
      return 'Its team is archived: the new key has no team.';
  }
}

/** What retiring means where the provider can disable, and where it cannot. */
export function retireText(
  canDisable: boolean,
  providerName: string,
  { lowestCap, graceDays, quietHours }: { lowestCap: string; graceDays: number; quietHours: number },
): string {
  const grace = formatPlural(graceDays, 'day');
  const quiet = formatPlural(quietHours, 'hour');
  if (canDisable) {
    return `After ${quiet} without a request it is disabled, and deleted for good ${grace} later.`;
  }
  return `${providerName} cannot disable a key. After ${quiet} without a request it is capped at ${formatUsd(lowestCap)}, and deleted for good ${grace} later at the earliest, after another ${quiet} without a request.`;
}

/** `Sat 12:00 UTC` within the week, else with the date. */
function momentText(at: string, nowMs: number): string {
  return Date.parse(at) - nowMs < WEEK_MS ? formatWeekdayTime(at) : formatDateTime(at);
}

/** `No request for 5 h; retired after 24 h of quiet, at the earliest Sat 12:00 UTC.` */
export function quietText(view: RotationView, nowMs: number): string {
  const quiet =
    view.quietMs < 60_000
      ? 'Quiet has only begun to be counted'
      : `No request for ${formatDuration(view.quietMs)}`;
  const earliest =
    view.earliest && Date.parse(view.earliest) > nowMs
      ? `, at the earliest ${momentText(view.earliest, nowMs)}`
      : '';
  const asked = view.waitUntil ? ' Someone asked to wait until then.' : '';
  return `${quiet}; retired after ${view.quietHours} h of quiet${earliest}.${asked}`;
}

function staleText({ seenUntil, connectionName }: RotationView, nowMs: number): string | null {
  if (seenUntil === null) return `${connectionName} was never read whole, so no quiet is counted yet.`;
  if (nowMs - Date.parse(seenUntil) < STALE_MS) return null;
  return `The quiet stands still: ${connectionName} and its usage were last read whole ${formatRelative(seenUntil, nowMs)}.`;
}

function graceText({ canDisable, oldKey, deleteAt, lowestCap, quietHours }: RotationView): string {
  const day = deleteAt === null ? '' : formatDateTime(deleteAt);
  return canDisable
    ? `${oldKey.name} is disabled, and deleted for good on ${day}. Going back enables it again.`
    : `${oldKey.name} is capped at ${formatUsd(lowestCap)}. It is deleted on ${day} at the earliest, after ${quietHours} h without a request. Going back gives it its limit again.`;
}

/** Why it does not go on right now, where there is more to say than the quiet; null otherwise. */
export function holdText(view: RotationView, nowMs: number): string | null {
  const { hold, oldKey, connectionName, failure } = view;
  const newName = view.newKey?.name ?? 'The new key';
  switch (hold) {
    case null:
      return null;
    case 'quiet':
      return staleText(view, nowMs);
    case 'creating':
      return 'The new key is being made.';
    case 'grace':
      return graceText(view);
    case 'paused':
      return `${connectionName} is paused: nothing is read or changed there, so this waits.`;
    case 'not_picked_up':
      return `The new secret was not picked up yet. ${oldKey.name} stays until it was, and then until it is quiet.`;
    case 'new_stopped':
      return `${newName} is stopped, so ${oldKey.name} stays as it is. Go back, then rotate again.`;
    case 'new_gone':
      return `${newName} is gone, so ${oldKey.name} stays as it is. Go back, then rotate again.`;
    case 'taken_back':
      return `${oldKey.name} works again, although it was stopped here: someone wants it. Retire it again, or go back.`;
    case 'checking':
      return 'We are checking whether the last step took effect.';
    case 'refused':
      return `${failure ?? 'The last step did not come through.'} It is tried again in a few minutes.`;
  }
}
