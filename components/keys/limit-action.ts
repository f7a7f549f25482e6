import { isRaise, isSameLimit, type Limit } from '@/lib/domain/limits/limit';
import { formatDay } from '@/lib/utils/format-date';
import { formatUsdShort } from '@/lib/utils/format-money';
import { limitText } from '@/lib/words/limit-words';
import type { LimitDuration } from './limit-duration';

type Edit = {
  readonly current: Limit;
  readonly next: Limit | null;
  readonly isByokEdited: boolean;
  readonly duration: LimitDuration;
  /** A raise holds, so that what is set for good is the limit below it. */
  readonly isRaised: boolean;
};

/** What the button will do, in words; null while nothing differs or something is missing. */
export function limitActionText({ current, next, isByokEdited, duration, isRaised }: Edit): string | null {
  if (next === null) return null;
  if (duration.kind === 'until') {
    if (duration.day === '' || !isRaise(current, next)) return null;
    return `Raise to ${limitText(next)} until ${formatDay(duration.day)}`;
  }
  if (isSameLimit(current, next)) return isByokEdited && !isRaised ? 'Change what counts' : null;
  if (isRaised) return `Set ${limitText(next)} below the raise`;
  if (next.kind === 'unlimited') return 'Remove limit';
  if (next.kind === 'blocked') return 'Block key';
  const isSamePeriod = current.kind === 'capped' && current.period === next.period;
  const words = isSamePeriod ? formatUsdShort(next.amount) : limitText(next);
  return `${isRaise(current, next) ? 'Raise' : 'Lower'} limit to ${words}`;
}
