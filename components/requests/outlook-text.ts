import type { Limit } from '@/lib/domain/limits/limit';
import type { LimitOutlook } from '@/lib/domain/requests/request-outlook';
import type { WhatIf } from '@/lib/domain/requests/what-if';
import { formatDay } from '@/lib/utils/format-date';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';
import { limitText, periodWords } from '@/lib/words/limit-words';

function under(limit: Limit): string {
  if (limit.kind === 'blocked') return 'Blocked,';
  return `With ${limit.kind === 'unlimited' ? 'no limit' : limitText(limit)}`;
}

/** What a limit would have done: `With $380 monthly this key would have stopped on 29 Sep, holding back $31.` */
export function whatIfText(limit: Limit, { stops, heldBack }: WhatIf): string {
  const name = `${under(limit)} this key would`;
  const [first] = stops;
  if (!first) return `${name} never have stopped.`;
  const held = formatUsdShort(heldBack);
  if (stops.length === 1) return `${name} have stopped on ${formatDay(first.day)}, holding back ${held}.`;
  return `${name} have stopped ${stops.length} times, first on ${formatDay(first.day)}, holding back ${held} in all.`;
}

/** Where the recent pace leads under a limit; null where there is no cap. */
export function paceText({ limit, pace }: LimitOutlook): string | null {
  if (pace === null || limit.kind !== 'capped') return null;
  const amount = formatUsdShort(limit.amount);
  if (pace.runsOutAt) return `${amount} would run out on ${formatDay(pace.runsOutAt)} at this pace.`;
  if (limit.period === 'total') return `${amount} would last at this pace.`;
  const end = formatUsd(String(Math.round(pace.endsAt * 100) / 100), { digits: 0 });
  return `${amount} would last: at this pace ${periodWords[limit.period].window} ends at ${end}.`;
}
