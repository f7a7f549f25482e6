import { isLive, type KeyStatus } from './key-status';
import type { KeyRow } from './keys-table';
import { isIdle, type RecentSpend } from './recent-spend';

export const NONE = 'none';

/** `live` is everything that still exists at its provider. */
export type StatusFilter = 'live' | 'all' | readonly KeyStatus[];

export type LimitFilter =
  | { readonly kind: 'none' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'used'; readonly percent: number };

/** Due by the policy, being retired, or taken over from another key. */
export const rotationFilters = ['due', 'retiring', 'took-over'] as const;
export type RotationFilter = (typeof rotationFilters)[number];

/** On the unowned list: team or owner is missing, whichever of them, or the one that is named. */
export const unownedFilters = ['any', 'team', 'owner'] as const;
export type UnownedFilter = (typeof unownedFilters)[number];

export type KeyFilters = {
  readonly q: string;
  readonly status: StatusFilter;
  readonly connections: readonly number[];
  /** 0 stands for no team. */
  readonly teams: readonly number[];
  /** `none` stands for no owner. */
  readonly owners: readonly string[];
  readonly unowned: UnownedFilter | null;
  readonly limit: LimitFilter | null;
  readonly idleDays: number | null;
  readonly expiresInDays: number | null;
  readonly rotation: RotationFilter | null;
};

export const NO_FILTERS: KeyFilters = {
  q: '',
  status: 'live',
  connections: [],
  teams: [],
  owners: [],
  unowned: null,
  limit: null,
  idleDays: null,
  expiresInDays: null,
  rotation: null,
};

/** The names that filters have in the address of the page and of the export. */
export const keyFilterNames = [
  'q',
  'status',
  'connection',
  'team',
  'owner',
  'unowned',
  'limit',
  'idle',
  'expires',
  'rotation',
] as const;
export type KeyFilterName = (typeof keyFilterNames)[number];
export type KeyFilterTexts = Record<KeyFilterName, string | null>;

const statuses: readonly KeyStatus[] = [
  'deleted',
  'gone',
  'removed',
  'deleting',
  'expired',
  'disabled',
  'blocked',
  'active',
];
const MOST = 100_000;

function listOf<T>(text: string | null, read: (item: string) => T | null): T[] {
  if (text === null) return [];
  const found = text.split(',').flatMap((item) => read(item) ?? []);
  return [...new Set(found)];
}

function readPositive(text: string | null): number | null {
  const value = /^\d{1,6}$/.test(text ?? '') ? Number(text) : 0;
  return value > 0 && value <= MOST ? value : null;
}

function readStatus(text: string | null): StatusFilter {
  if (text === 'all') return 'all';
  const listed = listOf(text, (item) => statuses.find((status) => status === item) ?? null);
  return listed.length > 0 ? listed : 'live';
}

function readLimit(text: string | null): LimitFilter | null {
  if (text === NONE || text === 'blocked') return { kind: text };
  const percent = readPositive(text);
  return percent === null ? null : { kind: 'used', percent };
}

/** Reads filters from an address; what is not understood is left out. Idle looks back 30 days at most. */
export function parseKeyFilters(read: (name: KeyFilterName) => string | null): KeyFilters {
  const idle = readPositive(read('idle'));
  return {
    q: (read('q') ?? '').slice(0, 200),
    status: readStatus(read('status')),
    connections: listOf(read('connection'), readPositive),
    teams: listOf(read('team'), (item) => (item === NONE ? 0 : readPositive(item))),
    owners: listOf(read('owner'), (item) => (item === '' ? null : item)),
    unowned: unownedFilters.find((filter) => filter === read('unowned')) ?? null,
    limit: readLimit(read('limit')),
    idleDays: idle === null ? null : Math.min(30, idle),
    expiresInDays: readPositive(read('expires')),
    rotation: rotationFilters.find((filter) => filter === read('rotation')) ?? null,
  };
}

function join(items: readonly (string | number)[]): string | null {
  return items.length === 0 ? null : items.join(',');
}

/** The address of filters; null for what is as it is without one. */
export function writeKeyFilters(filters: KeyFilters): KeyFilterTexts {
  const { status, limit } = filters;
  return {
    q: filters.q === '' ? null : filters.q,
    status: status === 'live' ? null : typeof status === 'string' ? status : join(status),
    connection: join(filters.connections),
    team: join(filters.teams.map((id) => (id === 0 ? NONE : id))),
    owner: join(filters.owners),
    unowned: filters.unowned,
    limit: limit === null ? null : limit.kind === 'used' ? String(limit.percent) : limit.kind,
    idle: filters.idleDays === null ? null : String(filters.idleDays),
    expires: filters.expiresInDays === null ? null : String(filters.expiresInDays),
    rotation: filters.rotation,
  };
}

/** Whether anything narrows the keys down further than to those that exist. */
export function hasFilters(filters: KeyFilters): boolean {
  return Object.values(writeKeyFilters(filters)).some((text) => text !== null && text !== 'all');
}

export type KeyFacts = { readonly nowMs: number; readonly recent: RecentSpend | null };

function matchesStatus(status: KeyStatus, filter: StatusFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'live' ? isLive(status) : filter.includes(status);
}

function isUnowned({ team, owner }: KeyRow, filter: UnownedFilter): boolean {
  return (filter !== 'owner' && team === null) || (filter !== 'team' && owner === null);
}

function matchesLimit(row: KeyRow, filter: LimitFilter): boolean {
  switch (filter.kind) {
    case 'none':
      return row.limit.kind === 'unlimited';
    case 'blocked':
      return row.limit.kind === 'blocked';
    case 'used':
      return row.usedShare * 100 >= filter.percent;
  }
}

function matchesRotation(row: KeyRow, filter: RotationFilter): boolean {
  switch (filter) {
    case 'due':
      return row.isDueForRotation;
    case 'retiring':
      return row.isBeingRetired;
    case 'took-over':
      return row.tookOverFrom !== null;
  }
}

const DAY_MS = 86_400_000;

export function expiresWithin(row: { expiresAtMs: number | null }, days: number, nowMs: number): boolean {
  return row.expiresAtMs !== null && row.expiresAtMs > nowMs && row.expiresAtMs <= nowMs + days * DAY_MS;
}

/** Every filter but the search box. */
export function keyMatcher(filters: KeyFilters, facts: KeyFacts): (row: KeyRow) => boolean {
  const tests: ((row: KeyRow) => boolean)[] = [(row) => matchesStatus(row.status, filters.status)];
  const { connections, teams, owners, unowned, limit, idleDays, expiresInDays, rotation } = filters;
  if (connections.length > 0) tests.push((row) => connections.includes(row.connection.id));
  if (teams.length > 0) tests.push((row) => teams.includes(row.team?.id ?? 0));
  if (owners.length > 0) tests.push((row) => owners.includes(row.owner?.id ?? NONE));
  if (unowned) tests.push((row) => isUnowned(row, unowned));
  if (limit) tests.push((row) => matchesLimit(row, limit));
  if (idleDays !== null) tests.push((row) => isIdle(row, facts.recent, idleDays, facts.nowMs));
  if (expiresInDays !== null) tests.push((row) => expiresWithin(row, expiresInDays, facts.nowMs));
  if (rotation) tests.push((row) => matchesRotation(row, rotation));
  return (row) => tests.every((test) => test(row));
}

/** The words of a search, as they are looked for. */
export function wordsOf(q: string): readonly string[] {
  return q.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The search box: every word must stand somewhere in name, label, owner, team or creator. */
export function searchKeys(rows: readonly KeyRow[], q: string): readonly KeyRow[] {
  const words = wordsOf(q);
  if (words.length === 0) return rows;
  return rows.filter(({ haystack }) => words.every((word) => haystack.includes(word)));
}

/** The rows that all filters leave, in the order given. */
export function filterKeys(rows: readonly KeyRow[], filters: KeyFilters, facts: KeyFacts): readonly KeyRow[] {
  return searchKeys(rows.filter(keyMatcher(filters, facts)), filters.q);
}
