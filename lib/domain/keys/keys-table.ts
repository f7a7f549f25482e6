import type { BindsWire } from '../binds/binds-wire';
import type { Capabilities, ContainerKind } from '../connections/capabilities';
import type { ProviderKind } from '../connections/provider-kind';
import { capped, type Limit } from '../limits/limit';
import { leftInWindow, usedInWindow } from '../limits/limit-use';
import { type Usd, usd, usdToNumber, ZERO_USD } from '../money/usd';
import type { KeyRaise, KeyRaiseWire } from '../raises/raise-view';
import { type KeyStatus, type KeyStatusFacts, keyStatus } from './key-status';

export type KeysTableConnection = {
  readonly id: number;
  readonly name: string;
  readonly provider: ProviderKind;
  readonly providerName: string;
  readonly initial: string;
  readonly state: 'active' | 'paused' | 'removed';
  /** When the last complete or partial read of keys ended. */
  readonly readAt: string | null;
  readonly capabilities: Capabilities;
  /** The management key itself, where the provider lists it among the keys. */
  readonly ownKeyId: number | null;
};

/** Rows by column; lookups stand once, and rows point at them by id (0 = none). Instants are epoch seconds. */
export type KeysTableColumns = {
  readonly id: readonly number[];
  readonly name: readonly string[];
  readonly label: readonly (string | null)[];
  readonly connectionId: readonly number[];
  readonly containerId: readonly number[];
  readonly teamId: readonly number[];
  /** Index into `owners`, −1 for none. */
  readonly owner: readonly number[];
  /** Bit 1 disabled, 2 gone, 4 deleted, 8 BYOK counts in the limit, 16 due for rotation, 32 being retired, 64 month shared. */
  readonly flags: readonly number[];
  /** u no limit, b blocked, d/w/m/t a cap by period. */
  readonly limitForm: readonly string[];
  readonly limitAmount: readonly (string | null)[];
  readonly limitRemaining: readonly (string | null)[];
  readonly windowSpend: readonly (string | null)[];
  readonly windowByok: readonly (string | null)[];
  readonly monthSpend: readonly (string | null)[];
  readonly createdAt: readonly (number | null)[];
  readonly expiresAt: readonly (number | null)[];
  readonly lastUsedAt: readonly (number | null)[];
  readonly creator: readonly (string | null)[];
  readonly deleteAfter: readonly (number | null)[];
};

export type KeysTableWire = {
  readonly asOf: string;
  /** The month that `monthSpend` sums, as its first UTC day. */
  readonly month: string;
  /**
   * The spend of that month within reach, exactly, as on the spend page: every key for whoever sees all of them, else
   * the days on which keys were one of the teams'.
   */
  readonly monthSpend: Usd;
  /** What of it was spent by keys that left the teams since and are not listed any more. */
  readonly leftSpend: Usd;
  readonly connections: readonly KeysTableConnection[];
  readonly containers: readonly { id: number; kind: ContainerKind; name: string; connectionId: number }[];
  readonly teams: readonly { id: number; name: string }[];
  readonly owners: readonly { id: string; name: string }[];
  /** Keys that took over from another one, with its name. */
  readonly succession: readonly { readonly id: number; readonly from: string }[];
  /** Keys whose limit is higher until a date. */
  readonly raises: readonly KeyRaiseWire[];
  /** What can stop the keys besides their own limits. */
  readonly binds: BindsWire;
  readonly columns: KeysTableColumns;
};

export type KeyRow = {
  readonly id: number;
  readonly name: string;
  readonly label: string | null;
  readonly connection: KeysTableConnection;
  readonly container: { readonly id: number; readonly name: string; readonly kind: ContainerKind } | null;
  readonly team: { readonly id: number; readonly name: string } | null;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly creator: string | null;
  readonly status: KeyStatus;
  readonly isDisabled: boolean;
  /** Another key is taking over from it. */
  readonly isBeingRetired: boolean;
  /** As old as the policy allows. */
  readonly isDueForRotation: boolean;
  /** The name of the key that it took over from. */
  /** Null unless its limit is higher until a date. */
  readonly raise: KeyRaise | null;
  readonly tookOverFrom: string | null;
  readonly limit: Limit;
  readonly includeByokInLimit: boolean;
  readonly used: Usd | null;
  readonly left: Usd | null;
  /** Used share of the cap for sorting and filters; −1 without a cap or figures. */
  readonly usedShare: number;
  readonly monthSpend: Usd;
  readonly monthSpendNumber: number;
  /** Part of its month was spent while it was no key of these teams, and does not count in `monthSpend`. */
  readonly isMonthShared: boolean;
  readonly createdAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly lastUsedAtMs: number | null;
  /** When a key that someone deleted goes for good; null unless it waits for that. */
  readonly deleteAfterMs: number | null;
  /** The management key that Keyward itself uses: it must not be stopped. */
  readonly isOwnKey: boolean;
  /** Lower-case text that the search box looks in. */
  readonly haystack: string;
};

const PERIODS = { d: 'daily', w: 'weekly', m: 'monthly', t: 'total' } as const;

function decodeLimit(form: string, amount: string | null): Limit {
  if (form === 'u') return { kind: 'unlimited' };
  if (form === 'b' || amount === null) return { kind: 'blocked' };
  return capped(usd(amount), PERIODS[form as keyof typeof PERIODS]);
}

function secondsToMs(seconds: number | null | undefined): number | null {
  return seconds == null ? null : seconds * 1000;
}

function orNullUsd(text: string | null | undefined): Usd | null {
  return text == null ? null : usd(text);
}

type Lookups = {
  readonly connections: ReadonlyMap<number, KeysTableConnection>;
  readonly containers: ReadonlyMap<number, KeysTableWire['containers'][number]>;
  readonly teams: ReadonlyMap<number, KeysTableWire['teams'][number]>;
  readonly raises: ReadonlyMap<number, KeyRaise>;
  readonly owners: KeysTableWire['owners'];
  readonly predecessors: ReadonlyMap<number, string>;
};

function limitFacts(columns: KeysTableColumns, at: number, readAt: string | null) {
  return {
    limit: decodeLimit(columns.limitForm[at] ?? 'u', columns.limitAmount[at] ?? null),
    limitRemaining: orNullUsd(columns.limitRemaining[at]),
    windowSpend: orNullUsd(columns.windowSpend[at]),
    windowByokSpend: orNullUsd(columns.windowByok[at]),
    includeByokInLimit: ((columns.flags[at] ?? 0) & 8) !== 0,
    readAt: readAt === null ? null : new Date(readAt),
  };
}

function statusFacts(
  columns: KeysTableColumns,
  at: number,
  { connection, limit }: Pick<KeyRow, 'connection' | 'limit'>,
): KeyStatusFacts {
  const flags = columns.flags[at] ?? 0;
  return {
    isDeleted: (flags & 4) !== 0,
    isGone: (flags & 2) !== 0,
    isRemoved: connection.state === 'removed',
    isBeingDeleted: columns.deleteAfter[at] != null,
    isDisabled: (flags & 1) !== 0,
    expiresAtMs: secondsToMs(columns.expiresAt[at]),
    limit,
  };
}

function decodeRow(columns: KeysTableColumns, at: number, lookups: Lookups, now: Date): KeyRow | null {
  const connection = lookups.connections.get(columns.connectionId[at] ?? 0);
  const id = columns.id[at];
  if (!connection || id === undefined) return null;
  const name = columns.name[at] ?? '';
  const label = columns.label[at] ?? null;
  const flags = columns.flags[at] ?? 0;
  const facts = limitFacts(columns, at, connection.readAt);
  const used = usedInWindow(facts, now);
  const monthSpend = orNullUsd(columns.monthSpend[at]) ?? ZERO_USD;
  const team = lookups.teams.get(columns.teamId[at] ?? 0) ?? null;
  const owner = lookups.owners[columns.owner[at] ?? -1] ?? null;
  const container = lookups.containers.get(columns.containerId[at] ?? 0) ?? null;
  const { limit } = facts;
  const creator = columns.creator[at] ?? null;
  return {
    id,
    name,
    label,
    connection,
    container,
    team,
    owner,
    creator,
    status: keyStatus(statusFacts(columns, at, { connection, limit }), now.getTime()),
    isDisabled: (flags & 1) !== 0,
    isDueForRotation: (flags & 16) !== 0,
    isBeingRetired: (flags & 32) !== 0,
    raise: lookups.raises.get(id) ?? null,
    tookOverFrom: lookups.predecessors.get(id) ?? null,
    limit,
    includeByokInLimit: facts.includeByokInLimit,
    used,
    left: leftInWindow(limit, used),
    usedShare: limit.kind === 'capped' && used !== null ? usdToNumber(used) / usdToNumber(limit.amount) : -1,
    monthSpend,
    monthSpendNumber: usdToNumber(monthSpend),
    isMonthShared: (flags & 64) !== 0,
    createdAtMs: secondsToMs(columns.createdAt[at]),
    expiresAtMs: secondsToMs(columns.expiresAt[at]),
    lastUsedAtMs: secondsToMs(columns.lastUsedAt[at]),
    deleteAfterMs: secondsToMs(columns.deleteAfter[at]),
    isOwnKey: connection.ownKeyId === id,
    haystack:
      `${name}\n${label ?? ''}\n${owner?.name ?? ''}\n${team?.name ?? ''}\n${creator ?? ''}`.toLowerCase(),
  };
}

/** The rows of the wire form. `now` decides statuses and windows, so that server and browser agree. */
export function decodeKeysTable(wire: KeysTableWire, now: Date = new Date(wire.asOf)): KeyRow[] {
  const lookups: Lookups = {
    connections: new Map(wire.connections.map((item) => [item.id, item])),
    containers: new Map(wire.containers.map((item) => [item.id, item])),
    teams: new Map(wire.teams.map((item) => [item.id, item])),
    raises: new Map(
      wire.raises.map(({ keyId, endsAt, ...raise }) => [keyId, { ...raise, endsAtMs: Date.parse(endsAt) }]),
    ),
    owners: wire.owners,
    predecessors: new Map(wire.succession.map(({ id, from }) => [id, from])),
  };
  return wire.columns.id.flatMap((_, at) => decodeRow(wire.columns, at, lookups, now) ?? []);
}
