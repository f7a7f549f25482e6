import { verifyAudit } from '@/lib/server/audit/verify-audit';
import { type Evidence, isApplied, tellChange } from './evidence';

/** The chain is whole, and every change stands in it as it ended: applied exactly once, or never. */
export async function checkRecord(evidence: Evidence): Promise<void> {
  const { tally, context } = evidence.world;
  const { fault, verifiedTo } = await verifyAudit(context);
  if (fault)
    tally.violate('the chain is whole', `row ${fault.seq} (${fault.kind}), verified to row ${verifiedTo}`);
  const outcomes = new Map<string, string[]>();
  for (const { changeId, outcome } of evidence.audit) {
    if (changeId === null) continue;
    const known = outcomes.get(changeId) ?? [];
    known.push(outcome);
    outcomes.set(changeId, known);
  }
  for (const change of evidence.changes) {
    const told = outcomes.get(change.id) ?? [];
    const applied = told.filter((outcome) => outcome === 'applied').length;
    const isRight = applied === (isApplied(change) ? 1 : 0) && told[0] === 'planned';
    if (!isRight) {
      tally.violate('the audit log tells each change', `${told.join(', ')}: ${tellChange(change)}`);
    }
  }
}

/** A bulk run that ended says of each key what became of it. */
export function checkBulk({ world, runs, items, changes }: Evidence): void {
  const byId = new Map(changes.map((change) => [change.id, change]));
  for (const item of items) {
    const run = runs.find(({ id }) => id === item.runId);
    const change = item.changeId === null ? undefined : byId.get(item.changeId);
    const told = `run ${item.runId}, key ${item.keyId}, ${item.state}`;
    if (run?.state === 'finished' && ['waiting', 'sent', 'unknown'].includes(item.state)) {
      world.tally.violate('a finished bulk run has no open step', told);
    }
    if (item.state === 'applied' && change && !isApplied(change)) {
      world.tally.violate('a bulk step tells what its change did', `${told}: ${tellChange(change)}`);
    }
    const isLate = change?.settlement?.includes('later look') ?? false;
    if (item.state === 'refused' && change && isApplied(change) && !isLate) {
      world.tally.violate('a bulk step tells what its change did', `${told}: ${tellChange(change)}`);
    }
  }
}
