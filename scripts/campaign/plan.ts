import { createPrng, type Prng, sha256 } from '@/lib/emulators/shared/prng';
import { type PlannedFault, planFault } from './faults';

/** What people do, and how often next to each other. */
const weights = {
  create: 12,
  'hand over': 7,
  limit: 22,
  rename: 8,
  state: 12,
  labels: 6,
  expiry: 6,
  delete: 7,
  bulk: 5,
  'undo delete': 4,
  raise: 9,
  'raise steering': 4,
  drift: 8,
  rotation: 6,
  'rotation steering': 5,
  'bulk steering': 3,
  read: 4,
  collect: 5,
  'revoke hand-over': 2,
  incident: 5,
  ask: 17,
  decide: 22,
  'retry request': 4,
  'collect asked': 6,
  rules: 2,
} as const;
export type OperationKind = keyof typeof weights;

export type PlannedOperation = {
  readonly kind: OperationKind;
  /** Draws what it is done to, out of what is there by then. */
  readonly seed: string;
  readonly slot: number;
  /** Fractions of how many there are: a plan does not depend on the database. */
  readonly person: number;
  readonly instance: number;
  readonly afterMs: number;
};

/** One round, drawn from the seed and the round's number alone. */
export type RoundPlan = {
  readonly operations: readonly PlannedOperation[];
  readonly faults: readonly PlannedFault[];
  readonly outside: { readonly afterMs: number; readonly seed: string } | null;
  readonly clock: {
    readonly afterMs: number;
    readonly skewMs: number;
    readonly isAlone: boolean;
    readonly instance: number;
  } | null;
  readonly kill: {
    readonly afterMs: number;
    readonly isAll: boolean;
    readonly instance: number;
    readonly isWithDatabase: boolean;
  } | null;
  /** How far the clocks go ahead before the check that follows, if one does. */
  readonly leapMs: number;
};

function planKind(random: Prng): OperationKind {
  const all = Object.entries(weights) as [OperationKind, number][];
  let left = random.next() * all.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [kind, weight] of all) {
    left -= weight;
    if (left <= 0) return kind;
  }
  return 'limit';
}

function planOperations(random: Prng): PlannedOperation[] {
  return Array.from({ length: random.int(4, 9) }, (_, slot) => ({
    kind: planKind(random),
    seed: random.hex(16),
    slot,
    person: random.next(),
    instance: random.next(),
    afterMs: random.int(0, 250),
  }));
}

/** A clock that stood wrong is set, or a right one is set wrong. */
function planClock(random: Prng): RoundPlan['clock'] {
  const isPlayed = random.next() < 0.2;
  const size = random.pick([2_000, 20_000, 120_000, 600_000, 4_000_000]);
  const skewMs = random.int(1, size) * (random.next() < 0.45 ? -1 : 1);
  const clock = {
    afterMs: random.int(0, 600),
    skewMs,
    isAlone: random.next() < 0.4,
    instance: random.next(),
  };
  return isPlayed ? clock : null;
}

function planKill(random: Prng): RoundPlan['kill'] {
  if (random.next() >= 0.3) return null;
  return {
    afterMs: random.int(0, 1_500),
    isAll: random.next() < 0.4,
    instance: random.next(),
    isWithDatabase: random.next() < 0.35,
  };
}

/** Mostly a moment; now and then hours, so that quiet keys are retired, or days, so that grace periods end. */
function planLeap(random: Prng): number {
  const draw = random.next();
  if (draw < 0.12) return 8 * 86_400_000;
  return draw < 0.5 ? 3 * 3_600_000 : 61_000;
}

/** The same for the same seed and round on every machine and every database. */
export function planRound(seed: string, round: number): RoundPlan {
  const root = createPrng(`${seed}/round ${round}`);
  const [faults, outside] = [root.fork('faults'), root.fork('outside')];
  return {
    operations: planOperations(root.fork('operations')),
    faults: Array.from({ length: faults.pick([0, 0, 1, 1, 2, 3]) }, () => planFault(faults)),
    outside: outside.next() < 0.35 ? { afterMs: outside.int(0, 600), seed: outside.hex(16) } : null,
    clock: planClock(root.fork('clock')),
    kill: planKill(root.fork('kill')),
    leapMs: planLeap(root.fork('leap')),
  };
}

/** A short mark of the plans so far: two runs that show the same played the same plan. */
export function markPlan(before: string, plan: RoundPlan): string {
  return sha256(`${before}${JSON.stringify(plan)}`).slice(0, 12);
}
