import 'server-only';
import type { CountedDays, KeyDay } from '@/lib/domain/keys/key-days';
import { type KeyModelFact, type KeyUsage, keyUsage } from '@/lib/domain/keys/key-usage';
import { addUsd } from '@/lib/domain/money/usd';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import { type ServerContext, teamsWithinReach } from '../context';
import { daysOfRange, readKeyDays } from '../keys/list-key-days';
import { loadKey } from '../keys/load-key';
import { listLine } from './list-line';

type Part = CountedDays & { readonly label: string };

function addDay(sum: KeyDay, day: KeyDay | undefined): KeyDay {
  if (!day) return sum;
  return {
    ...sum,
    spend: addUsd(sum.spend, day.spend),
    byokSpend: addUsd(sum.byokSpend, day.byokSpend),
    requests: sum.requests + day.requests,
  };
}

/** Two keys of one line may have one name; a series each needs names that differ. */
function labelsOf(names: readonly string[]): readonly string[] {
  return names.map((name, at) => {
    const before = names.slice(0, at).filter((other) => other === name).length;
    return before === 0 ? name : `${name}, key ${at + 1}`;
  });
}

/**
 * What a whole line of succession did in a range of at most 400 UTC days, by key instead of by model: one key took
 * over from the other, so that their use is one history. Counted is what they did as one of the actor's teams'.
 */
export async function getLineUsage(
  context: ServerContext,
  input: { readonly keyId: number; readonly from: UtcDay; readonly to: UtcDay },
): Promise<KeyUsage> {
  const { key } = await loadKey(context, 'keys.read', input.keyId);
  daysOfRange(input);
  const line = await listLine(context, key.id);
  const labels = labelsOf(line.map(({ name }) => name));
  const teams = teamsWithinReach(context, 'keys.read');
  const parts: Part[] = [];
  for (const [at, { id }] of line.entries()) {
    const counted = await readKeyDays(context.db, { id, connectionId: key.connectionId }, input, teams);
    parts.push({ label: labels[at] ?? '', ...counted });
  }
  const [first, ...rest] = parts;
  if (!first) throw new Error('a line holds its own key');
  const days = first.days.map((day, at) => rest.reduce((sum, part) => addDay(sum, part.days[at]), day));
  const facts = parts.flatMap(({ label, days: own }) =>
    own.map(({ day, requests, spend }): KeyModelFact => ({ day, model: label, requests, spend })),
  );
  const otherDays = [...new Set(parts.flatMap((part) => part.otherDays))];
  return keyUsage({ days, otherDays }, facts);
}
