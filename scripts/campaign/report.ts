import type { Evidence } from './checks/evidence';
import type { Settings } from './settings';
import type { World } from './world';

const wordsOf: Readonly<Record<string, string>> = {
  settled_applied: 'it had happened',
  settled_not_applied: 'it had not',
  abandoned: 'it cannot be told (an incident asks)',
  unknown: 'still asked of a person',
  applied: 'the answer came after all',
};

function settledWays({ changes }: Evidence): string {
  const counts = new Map<string, number>();
  for (const { state, failure } of changes) {
    const wasUnknown = failure !== null && state !== 'refused';
    if (!wasUnknown) continue;
    const words = wordsOf[state] ?? state;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${words} ${count}`).join(', ') || 'none';
}

function statesOf({ changes }: Evidence): string {
  const counts = new Map<string, number>();
  for (const { state } of changes) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${state} ${count}`).join(', ');
}

function incidentsOf({ incidents }: Evidence): string {
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === null);
  const counts = new Map<string, number>();
  for (const { kind } of open) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
  return `${open.length} open${kinds ? ` (${kinds})` : ''}, ${incidents.length - open.length} closed`;
}

function requestsOf({ requests }: Evidence): string {
  const counts = new Map<string, number>();
  for (const { request } of requests) counts.set(request.state, (counts.get(request.state) ?? 0) + 1);
  return `${requests.length}: ${[...counts].map(([state, count]) => `${state} ${count}`).join(', ') || 'none'}`;
}

/** The whole of what was done and found, in lines. */
export function printReport(
  world: World,
  settings: Settings,
  evidence: Evidence | null,
  tookMs: number,
): void {
  const { tally, place } = world;
  const line = (name: string, value: string | number) => console.log(`  ${name.padEnd(24)} ${value}`);
  console.log('');
  line('Database', place.description);
  line('Seed', settings.seed);
  line('Rounds', `${tally.rounds}, checked at rest ${tally.checks} times, ${Math.round(tookMs / 1000)} s`);
  line('Plan', `${tally.plan}; ${tally.idle} places of it had nothing to be done to`);
  line('Operations', `${tally.operations.total}: ${tally.operations}`);
  line('Their answers', String(tally.answers));
  line('Faults', `${tally.faults.total}: ${tally.faults}`);
  line('Calls that met them', `${tally.faultsMet.total}: ${tally.faultsMet}`);
  line('Outside changes', `${tally.outside.total}: ${tally.outside}`);
  line('Kills (kill -9)', `${tally.kills.total}: ${tally.kills}`);
  line('Clock jumps', `${tally.clocks.total}: ${tally.clocks}`);
  if (evidence) {
    const effects = evidence.sides.reduce(
      (sum, side) => sum + side.effects.filter(({ by }) => by === 'api').length,
      0,
    );
    line('Changes in the ledger', `${evidence.changes.length}: ${statesOf(evidence)}`);
    line('Unknown, then settled', settledWays(evidence));
    line('Effects at providers', effects);
    line('Audit rows of changes', evidence.audit.length);
    line('Requests', requestsOf(evidence));
    line('Incidents', incidentsOf(evidence));
  }
  line('Remarks', String(tally.remarks));
  line('Violations', tally.violations.length);
  for (const { round, rule, details } of tally.violations) {
    console.log(`\n  VIOLATION in round ${round} (seed ${settings.seed}): ${rule}\n    ${details}`);
  }
}
