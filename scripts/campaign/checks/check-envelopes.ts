import { z } from 'zod';
import type { AskedRequest, Evidence } from './evidence';

const factsSchema = z.object({ raise: z.string() });

type ByRule = {
  readonly asked: AskedRequest;
  readonly id: number;
  readonly raise: number;
  readonly purse: string;
};

/** What nobody but the rules approved; later decisions of people are their own affair. */
function byRule(requests: readonly AskedRequest[]): ByRule[] {
  return requests.flatMap((asked) => {
    const { request, events } = asked;
    const event = events.find(({ kind }) => kind === 'approved_by_rule');
    const isCounted = request.state === 'approved' || request.state === 'applied';
    const hasPerson = events.some(({ kind }) => kind === 'approved' || kind === 'retried');
    if (!event || !isCounted || hasPerson) return [];
    const purse = `${request.teamId} ${event.at.toISOString().slice(0, 7)}`;
    return [{ asked, id: event.id, raise: Number(factsSchema.parse(event.facts).raise), purse }];
  });
}

/** Small raises that approved themselves stay within what their team's rules allowed at that moment, month by month. */
export function checkEnvelopes({ requests, world }: Pick<Evidence, 'requests' | 'world'>): void {
  const all = byRule(requests);
  for (const { asked, id, raise, purse } of all) {
    const { rules } = asked.request.basis;
    const told = `request ${asked.request.id} of $${raise} under ${JSON.stringify(rules)}`;
    if (raise === 0) {
      if (!rules.isLoweringFree) world.tally.violate('rules approve only what they allow', told);
      continue;
    }
    const sum = all
      .filter((other) => other.purse === purse && other.id <= id)
      .reduce((total, other) => total + other.raise, 0);
    const isSmall = rules.smallRaise === null || raise <= Number(rules.smallRaise);
    const isWithin = rules.envelope !== null && sum <= Number(rules.envelope) + 1e-9;
    if (!isSmall || !isWithin) {
      world.tally.violate('rules approve only what they allow', `${told}: $${sum} in that month so far`);
    }
  }
}
