import type { Prng } from '../shared/prng';
import { COST_CENTERS, ENVIRONMENTS, GROUP_SEEDS, QUALIFIERS } from './seed-names';

const PERSONAL = ['laptop', 'notebook', 'cursor', 'experiments', 'hackday', 'cli'] as const;

/** Names as people give them, each once: `ticket-triage-prod`, then with a qualifier, then with a number. */
export function createNamer(): (prng: Prng, groupIndex: number) => string {
  const taken = new Set<string>();
  const tries = new Map<string, number>();
  return (prng, groupIndex) => {
    const base = `${prng.pick(GROUP_SEEDS[groupIndex]?.services ?? PERSONAL)}-${prng.pick(ENVIRONMENTS)}`;
    const qualified = `${base}-${prng.pick(QUALIFIERS)}`;
    let name = taken.has(base) ? qualified : base;
    while (taken.has(name)) {
      const count = (tries.get(qualified) ?? 1) + 1;
      tries.set(qualified, count);
      name = `${qualified}-${count}`;
    }
    taken.add(name);
    return name;
  };
}

/** Labels of a key and the metadata of its requests. Every fourth key or so has no label. */
export function drawLabels(
  prng: Prng,
  name: string,
  groupName: string | null,
): { labels: Record<string, string>; extra: Record<string, string> } {
  const env = ENVIRONMENTS.find((environment) => name.includes(`-${environment}`)) ?? 'dev';
  const costCenter = prng.pick(COST_CENTERS);
  const all = {
    env,
    ...(prng.next() < 0.6 ? { 'cost-center': costCenter } : {}),
    ...(groupName && prng.next() < 0.5 ? { team: groupName } : {}),
  };
  const labels = prng.next() < 0.25 ? {} : all;
  return { labels, extra: prng.next() < 0.85 ? { env, feature: name.split('-').slice(0, 2).join('-') } : {} };
}
