import { DAY_MS, dayNumber, MINUTE_MS } from '../shared/clock';
import { createDemand, type DemandKind, type DemandProfile, typicalDayNano } from '../shared/demand';
import { keyNames } from '../shared/people';
import { createPrng, type Prng, sha256 } from '../shared/prng';
import type { RuleChange } from '../shared/spend-rule';
import { maskedLabel, type OpenRouterState, ruleOf } from './state';
import type { LimitReset, StoredKey } from './stored';

type Fate = 'steady' | 'idle' | 'never' | 'leaked' | 'disabled' | 'expired' | 'expiring';

/** How many keys of a hundred have each fate; the leaked one is always a single key. */
const FATES: readonly (readonly [Fate, number])[] = [
  ['never', 6],
  ['idle', 11],
  ['disabled', 7],
  ['expired', 4],
  ['expiring', 4],
  ['steady', 68],
];
const FEWEST_FOR_A_LEAK = 5;
const NICE = [
  1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 2500,
];

interface SeedOptions {
  seed: number | string;
  count: number;
  beganAt: number;
  historyDays: number;
}

/** Seeded keys with their demand and their past, newest first. */
export function seedKeys(state: OpenRouterState, options: SeedOptions): void {
  const prng = createPrng(`${options.seed}/openrouter/keys`);
  const names = keyNames(prng.fork('names'), options.count);
  const leakedIndex = options.count >= FEWEST_FOR_A_LEAK ? prng.int(1, options.count - 1) : -1;
  const keys: StoredKey[] = [];
  for (let index = 0; index < options.count; index += 1) {
    const fate = index === leakedIndex ? 'leaked' : pickFate(prng);
    const name = fate === 'leaked' ? 'hackathon-demo' : (names[index] ?? `key-${index}`);
    keys.push(seedKey(state, options, prng, index, name, fate));
  }
  keys.sort((a, b) => b.createdAt - a.createdAt);
  state.addSeededKeys(keys);
}

function pickFate(prng: Prng): Fate {
  let draw = prng.int(1, 100);
  for (const [fate, share] of FATES) {
    draw -= share;
    if (draw <= 0) return fate;
  }
  return 'steady';
}

function seedKey(
  state: OpenRouterState,
  options: SeedOptions,
  prng: Prng,
  index: number,
  name: string,
  fate: Fate,
): StoredKey {
  const secret = `sk-or-v1-${sha256(`${options.seed}/openrouter/key/${index}`)}`;
  const hash = sha256(secret);
  const anchorMs = state.ledger.anchorDay * DAY_MS;
  const newest = Math.min(fate === 'steady' ? 1 : 70, options.historyDays);
  const age = newest + Math.floor(prng.next() ** 0.8 * (options.historyDays - newest));
  const createdAt = anchorMs - age * DAY_MS + prng.int(7 * 60, 18 * 60) * MINUTE_MS + prng.int(0, 59_999);
  const key: StoredKey = {
    hash,
    secret,
    name,
    label: maskedLabel(secret),
    disabled: false,
    limit: null,
    limitReset: null,
    includeByokInLimit: prng.next() < 0.15,
    createdAt: Math.min(createdAt, anchorMs),
    updatedAt: null,
    expiresAt: null,
    creatorUserId: prng.pick(state.members).id,
    externalUser: prng.next() < 0.04 ? `customer-${prng.int(100, 999)}` : null,
    workspaceId: pickWorkspace(state, prng),
    deletedAt: null,
    isNew: false,
  };
  const demand = demandFor(state, options, key, fate);
  if (fate !== 'leaked') setLimit(key, prng, demand, age);
  const rules = rulesOf(key, prng, fate, anchorMs);
  state.ledger.addKey({ id: hash, createdAt: key.createdAt, demand: demand ?? 'none', rules });
  return key;
}

function demandFor(
  state: OpenRouterState,
  options: SeedOptions,
  key: StoredKey,
  fate: Fate,
): DemandProfile | null {
  if (fate === 'never') return null;
  const kind: DemandKind = fate === 'idle' || fate === 'leaked' ? fate : 'steady';
  return createDemand({
    seed: options.seed,
    id: key.hash,
    kind,
    firstDay: dayNumber(key.createdAt),
    anchorDay: state.ledger.anchorDay,
  });
}

function pickWorkspace(state: OpenRouterState, prng: Prng): string {
  const [main, products, research] = [...state.workspaces.keys()];
  const draw = prng.next();
  return (draw < 0.6 ? main : draw < 0.85 ? products : research) ?? state.defaultWorkspaceId;
}

/** None, 0, or an amount near what the key uses, so that some run into it. */
function setLimit(key: StoredKey, prng: Prng, demand: DemandProfile | null, age: number): void {
  const draw = prng.next();
  const room = prng.pick([0.35, 0.55, 0.75, 0.95, 1.2, 1.6, 2.2, 4]);
  if (draw < 0.3) return;
  if (draw < 0.33) {
    key.limit = 0;
    return;
  }
  const [reset, days]: [LimitReset | null, number] =
    draw < 0.46
      ? ['daily', 1.2]
      : draw < 0.57
        ? ['weekly', 5.5]
        : draw < 0.9
          ? ['monthly', 23]
          : [null, age + 60];
  const usual = demand ? (typicalDayNano(demand) / 1e9) * days : 20;
  key.limitReset = reset;
  key.limit = nice(usual * room * (reset === null ? 0.8 : 1));
}

/** The round amount that is nearest; at least one dollar. */
function nice(usd: number): number {
  const largest = NICE[NICE.length - 1] ?? 1;
  if (usd > largest) return Math.round(usd / 1000) * 1000;
  return NICE.reduce((best, amount) => (Math.abs(amount - usd) < Math.abs(best - usd) ? amount : best), 1);
}

/** The rules of the key's past; also sets what the past left behind on the key. */
function rulesOf(key: StoredKey, prng: Prng, fate: Fate, anchorMs: number): RuleChange[] {
  const rules: RuleChange[] = [{ from: key.createdAt, rule: ruleOf(key, key.createdAt) }];
  const life = anchorMs - key.createdAt;
  if (prng.next() < 0.35) key.updatedAt = key.createdAt + Math.floor(prng.next() * life);
  if (fate === 'disabled') {
    key.updatedAt = key.createdAt + Math.floor((0.4 + 0.58 * prng.next()) * life);
    key.disabled = true;
    rules.push({ from: key.updatedAt, rule: { kind: 'stopped' } });
  }
  if (fate === 'expired' || fate === 'expiring') {
    key.expiresAt = expiryDay(prng, fate, anchorMs);
    rules.push({ from: key.expiresAt, rule: { kind: 'stopped' } });
  }
  return rules;
}

/** The last second of a UTC day. */
function expiryDay(prng: Prng, fate: 'expired' | 'expiring', anchorMs: number): number {
  const days = fate === 'expired' ? -prng.int(2, 60) : prng.int(2, 13);
  return anchorMs + days * DAY_MS - 1000;
}
