import type { Prng } from '@/lib/emulators/shared/prng';
import type { FaultLeft, VendorAddress } from './vendor';
import type { World } from './world';

type VendorName = VendorAddress['name'];
type Recipe = { readonly kind: string; readonly make: (random: Prng) => Record<string, unknown> };

/** What one provider does to its next calls, as its emulator is told. */
export type PlannedFault = {
  readonly vendor: VendorName;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** Past the time-out of Keyward's calls in the campaign, which is one second. */
const late = (random: Prng) => random.int(1_100, 3_500);

const recipes: readonly Recipe[] = [
  { kind: 'dropped before', make: () => ({ drop: 'before' }) },
  { kind: 'dropped after', make: () => ({ drop: 'after' }) },
  { kind: 'slow', make: (random) => ({ delayMs: random.int(100, 800) }) },
  { kind: 'past the time-out', make: (random) => ({ delayMs: late(random) }) },
  { kind: 'past the time-out, then dropped', make: (random) => ({ delayMs: late(random), drop: 'after' }) },
  { kind: '429 storm', make: (random) => ({ status: 429, retryAfter: 1, times: random.int(3, 10) }) },
  { kind: '5xx before', make: (random) => ({ status: random.pick([500, 502, 503, 504]) }) },
  { kind: '5xx after', make: (random) => ({ status: random.pick([500, 502, 504]), afterEffect: true }) },
  { kind: 'HTML before', make: () => ({ status: 200, html: '<html>gateway</html>' }) },
  { kind: 'HTML after', make: () => ({ status: 200, html: '<html>gateway</html>', afterEffect: true }) },
  { kind: 'cut body', make: () => ({ cutOff: true }) },
];

const names: readonly VendorName[] = ['openrouter', 'requesty', 'requesty-classic'];

function kindOf(fault: FaultLeft & Record<string, unknown>): string {
  const isLate = typeof fault.delayMs === 'number';
  if (isLate && fault.drop) return 'past the time-out, then dropped';
  if (isLate) return Number(fault.delayMs) > 1_000 ? 'past the time-out' : 'slow';
  if (fault.drop) return `dropped ${fault.drop}`;
  if (fault.cutOff) return 'cut body';
  if (fault.status === 429) return '429 storm';
  return `${fault.html ? 'HTML' : '5xx'} ${fault.afterEffect ? 'after' : 'before'}`;
}

/** A provider that misbehaves for its next calls: mostly for writes, now and then for all. */
export function planFault(random: Prng): PlannedFault {
  const vendor = random.pick(names);
  const { kind, make } = random.pick(recipes);
  const often = vendor === 'openrouter' ? 'PATCH /*' : 'POST /*';
  const write = random.next() < 0.5 ? often : random.pick(['POST /*', 'DELETE /*']);
  const route = random.next() < 0.7 ? write : '* /*';
  return { vendor, kind, body: { route, times: random.int(1, 3), ...make(random) } };
}

export async function injectFault({ vendors, tally }: World, fault: PlannedFault): Promise<void> {
  const vendor = vendors.find(({ name }) => name === fault.vendor);
  tally.faults.add(fault.kind);
  tally.faultsMet.add(fault.kind, Number(fault.body.times));
  await vendor?.injectFault(fault.body);
}

/** Ends all faults; what was left of them was never met by a call. */
export async function endFaults(world: World): Promise<void> {
  for (const vendor of world.vendors) {
    for (const fault of await vendor.clearFaults()) world.tally.faultsMet.add(kindOf(fault), -fault.left);
  }
}
