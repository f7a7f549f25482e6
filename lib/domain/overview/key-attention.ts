import { type KeyFilters, keyMatcher, NO_FILTERS } from '../keys/key-filters';
import type { KeyRow } from '../keys/keys-table';
import type { RecentSpend } from '../keys/recent-spend';
import type { Limit } from '../limits/limit';
import { paceOf } from '../limits/limit-use';
import { sumUsd, type Usd } from '../money/usd';
import { periodEnd } from '../periods/limit-period';

/** A limit that never starts anew is worth a word when it runs out within so many days. */
const TOTAL_LIMIT_DAYS = 30;
const DAY_MS = 86_400_000;
/** So many keys of a list are told by name. */
const LISTED_KEYS = 8;

/** What the counts of keys mean, as filters of the key table: the links lead to exactly these keys. */
export const attentionFilters = {
  over80: { ...NO_FILTERS, status: ['active'], limit: { kind: 'used', percent: 80 } },
  unlimited: { ...NO_FILTERS, status: ['active'], limit: { kind: 'none' } },
  /** Everything that exists, as on the unowned list: somebody answers for a disabled key too. */
  unowned: { ...NO_FILTERS, unowned: 'any' },
  idle: { ...NO_FILTERS, status: ['active'], idleDays: 30 },
  expiring: { ...NO_FILTERS, status: ['active'], expiresInDays: 14 },
  dueForRotation: { ...NO_FILTERS, status: ['active'], rotation: 'due' },
} as const satisfies Record<string, KeyFilters>;
export type AttentionKind = keyof typeof attentionFilters;

export type LimitedKey = {
  readonly id: number;
  readonly name: string;
  readonly team: string | null;
  readonly connection: string;
  readonly limit: Limit;
  readonly used: Usd;
  readonly usedShare: number;
  /** ISO instant; null when the key lasts to its reset, or is used up already. */
  readonly runsOutAt: string | null;
  readonly isUsedUp: boolean;
  /** ISO instant; null when the limit never starts anew. */
  readonly resetsAt: string | null;
};

export type KeyList = { readonly count: number; readonly keys: readonly LimitedKey[] };

export type KeyAttention = {
  readonly activeKeys: number;
  readonly counts: Record<AttentionKind, number>;
  /** Active keys that have used up their limit or will before it starts anew, soonest first. */
  readonly runningOut: KeyList;
  /** How many of these have used it up already. */
  readonly usedUp: number;
  /** Active keys at 80 % of their limit or more that last to its reset, fullest first. */
  readonly nearlyFull: KeyList;
  /** Active keys with a monthly cap whose use is known, added up. */
  readonly monthlyCaps: {
    readonly keys: number;
    readonly used: Usd;
    readonly caps: Usd;
    /** Some of the use was by other teams, before the keys came. */
    readonly isShared: boolean;
  };
  /** What active keys without a limit have spent this month. */
  readonly unlimitedSpend: Usd;
};

/** A key with a cap whose use is known; told in full only when it is listed. */
type Candidate = {
  readonly row: KeyRow;
  readonly limit: Extract<Limit, { kind: 'capped' }>;
  readonly used: Usd;
  readonly isUsedUp: boolean;
  readonly runsOutMs: number | null;
};

function candidateOf(row: KeyRow, recent: RecentSpend | null, now: Date): Candidate | null {
  const { limit, used } = row;
  if (row.status !== 'active' || limit.kind !== 'capped' || used === null) return null;
  const isUsedUp = row.usedShare >= 1;
  const runsOut = isUsedUp ? null : paceOf(limit, used, recent?.of(row.id).pace ?? 0, now)?.runsOutAt;
  const horizonMs = periodEnd(limit.period, now)?.getTime() ?? now.getTime() + TOTAL_LIMIT_DAYS * DAY_MS;
  const runsOutMs = runsOut && runsOut.getTime() <= horizonMs ? runsOut.getTime() : null;
  return { row, limit, used, isUsedUp, runsOutMs };
}

function toLimitedKey({ row, limit, used, isUsedUp, runsOutMs }: Candidate, now: Date): LimitedKey {
  return {
    id: row.id,
    name: row.name,
    team: row.team?.name ?? null,
    connection: row.connection.name,
    limit,
    used,
    usedShare: row.usedShare,
    runsOutAt: runsOutMs === null ? null : new Date(runsOutMs).toISOString(),
    isUsedUp,
    resetsAt: periodEnd(limit.period, now)?.toISOString() ?? null,
  };
}

function toList(keys: readonly Candidate[], now: Date): KeyList {
  return { count: keys.length, keys: keys.slice(0, LISTED_KEYS).map((key) => toLimitedKey(key, now)) };
}

/** Used-up keys first, then by the moment of running out. */
function bySoonest(a: Candidate, b: Candidate): number {
  if (a.isUsedUp !== b.isUsedUp) return a.isUsedUp ? -1 : 1;
  return (a.runsOutMs ?? 0) - (b.runsOutMs ?? 0) || byFullest(a, b);
}

function byFullest(a: Candidate, b: Candidate): number {
  return b.row.usedShare - a.row.usedShare || a.row.id - b.row.id;
}

function capsOf(rows: readonly KeyRow[]): KeyAttention['monthlyCaps'] {
  const used: Usd[] = [];
  const caps: Usd[] = [];
  let isShared = false;
  for (const row of rows) {
    if (row.limit.kind !== 'capped' || row.limit.period !== 'monthly' || row.used === null) continue;
    isShared ||= row.isMonthShared;
    used.push(row.used);
    caps.push(row.limit.amount);
  }
  return { keys: used.length, used: sumUsd(used), caps: sumUsd(caps), isShared };
}

/** What among the keys is worth a look, by the rules of the key table's own filters. */
export function keyAttention(rows: readonly KeyRow[], recent: RecentSpend | null, now: Date): KeyAttention {
  const active = rows.filter(({ status }) => status === 'active');
  const facts = { nowMs: now.getTime(), recent };
  const count = (kind: AttentionKind) => rows.filter(keyMatcher(attentionFilters[kind], facts)).length;
  const limited = active.flatMap((row) => candidateOf(row, recent, now) ?? []);
  const runsOut = (key: Candidate) => key.isUsedUp || key.runsOutMs !== null;
  const nearlyFull = limited.filter((key) => !runsOut(key) && key.row.usedShare * 100 >= 80);
  const unlimited = active.filter(({ limit }) => limit.kind === 'unlimited');
  return {
    activeKeys: active.length,
    counts: {
      over80: count('over80'),
      unlimited: count('unlimited'),
      unowned: count('unowned'),
      idle: count('idle'),
      expiring: count('expiring'),
      dueForRotation: count('dueForRotation'),
    },
    runningOut: toList(limited.filter(runsOut).sort(bySoonest), now),
    usedUp: limited.filter(({ isUsedUp }) => isUsedUp).length,
    nearlyFull: toList(nearlyFull.sort(byFullest), now),
    monthlyCaps: capsOf(active),
    unlimitedSpend: sumUsd(unlimited.map(({ monthSpend }) => monthSpend)),
  };
}
