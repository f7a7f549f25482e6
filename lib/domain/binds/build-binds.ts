import { addUsd, maxUsd, type Usd, ZERO_USD } from '../money/usd';
import { type LimitPeriod, periodStart } from '../periods/limit-period';
import type { BindsWire } from './binds-wire';
import type { Bound, BudgetKind, NotKnown } from './bound';
import type { BudgetReport, ProviderBudget } from './provider-budget';

/** What one key or several together spent in each window, as the provider's counters tell it. */
export type Counters = Readonly<
  Record<LimitPeriod, { readonly spend: Usd | null; readonly byok: Usd | null }>
>;

export type BindsConnection = {
  readonly id: number;
  readonly balance: Usd | null;
  readonly budgetsAbove: readonly BudgetKind[];
  readonly report: BudgetReport;
  /** When the counters of its keys were last read. */
  readonly readAt: Date | null;
};

export type KnownBudget = ProviderBudget & {
  readonly id: number;
  readonly connectionId: number;
  readonly readAt: Date;
};

export type BindsContainer = {
  readonly id: number;
  readonly externalId: string;
  readonly connectionId: number;
};

export type BindsKey = {
  readonly id: number;
  readonly connectionId: number;
  readonly externalId: string;
  readonly container: string | null;
  /** Who made it, by the provider's id. */
  readonly maker: string | null;
  readonly counters: Counters;
};

/** The counters of all keys of a workspace or group that one person made, added up. */
export type MakerSum = Omit<BindsKey, 'id' | 'externalId'>;

export type BindsFacts = {
  readonly connections: readonly BindsConnection[];
  readonly budgets: readonly KnownBudget[];
  readonly containers: readonly BindsContainer[];
  readonly sums: readonly MakerSum[];
  /** Wanted keys of connections with a budget that is not all of a workspace's or group's. */
  readonly keys: readonly BindsKey[];
  readonly now: Date;
};

type Place = { readonly container: string | null };

/** True for a budget that every key of a workspace or group draws on alike. */
export function isOfContainers({ covers }: Pick<ProviderBudget, 'covers'>): boolean {
  return covers.counts === 'together' && covers.members === null && covers.keys === null;
}

function isIn({ covers }: ProviderBudget, { container }: Place): boolean {
  return covers.containers === null || (container !== null && covers.containers.includes(container));
}

/** Budgets by whom they may hold for, so that no key is held against every budget of a large account. */
function createFinder(budgets: readonly KnownBudget[]): (key: BindsKey) => KnownBudget[] {
  const anyones: KnownBudget[] = [];
  const byMember = new Map<string, KnownBudget[]>();
  const named = new Map<number, { keys: ReadonlySet<string> | null; except: ReadonlySet<string> }>();
  for (const budget of budgets) {
    const { members, keys, exceptKeys } = budget.covers;
    named.set(budget.id, { keys: keys && new Set(keys), except: new Set(exceptKeys) });
    if (members === null) anyones.push(budget);
    for (const member of members ?? []) byMember.set(member, [...(byMember.get(member) ?? []), budget]);
  }
  const names = ({ id }: KnownBudget, { externalId }: BindsKey) => {
    const { keys = null, except } = named.get(id) ?? {};
    return !except?.has(externalId) && (keys === null || keys.has(externalId));
  };
  return (key) =>
    [...anyones, ...(key.maker === null ? [] : (byMember.get(key.maker) ?? []))].filter(
      (budget) => isIn(budget, key) && names(budget, key),
    );
}

function periodOf({ period }: ProviderBudget): LimitPeriod {
  return period ?? 'total';
}

/** Null when the figures are from before the budget's window, or one of them is not told. */
function usedOf(
  budget: ProviderBudget,
  counters: readonly Counters[],
  readAt: Date | null,
  now: Date,
): Usd | null {
  const period = periodOf(budget);
  const start = periodStart(period, now);
  if (readAt === null || (start !== null && readAt < start)) return null;
  let sum = ZERO_USD;
  for (const { [period]: counter } of counters) {
    if (counter.spend === null) return null;
    sum = addUsd(sum, counter.spend, budget.includesByok === true ? (counter.byok ?? ZERO_USD) : ZERO_USD);
  }
  return sum;
}

/** The provider's own figure where it tells one; otherwise the counters of all the keys that draw on it. */
function usedTogether(budget: KnownBudget, facts: BindsFacts, connection: BindsConnection): Usd | null {
  const start = periodStart(periodOf(budget), facts.now);
  if (budget.spend !== null) return start !== null && budget.readAt < start ? null : budget.spend;
  const { members } = budget.covers;
  const own = facts.sums.filter(
    (sum) =>
      sum.connectionId === budget.connectionId &&
      isIn(budget, sum) &&
      (members === null || (sum.maker !== null && members.includes(sum.maker))),
  );
  return usedOf(
    budget,
    own.map(({ counters }) => counters),
    connection.readAt,
    facts.now,
  );
}

function boundOf(budget: KnownBudget, used: Usd | null, pool: string | null): Bound {
  const { kind, name, amount, covers } = budget;
  const isNamed = name !== '' && (kind === 'guardrail' || kind === 'member');
  const isPersonal = covers.counts === 'each_member';
  const told = {
    kind,
    name: isNamed ? name : null,
    amount,
    period: periodOf(budget),
    used,
    pool,
    isPersonal,
  };
  if (budget.spend !== null) return told;
  return { ...told, inferredFrom: covers.counts === 'each_key' ? 'key' : 'keys' };
}

/** What is not known of the budgets above a key, given those that are. */
function notKnownOf(
  connection: BindsConnection,
  place: Place,
  known: readonly ProviderBudget[],
): readonly NotKnown[] {
  const kinds = connection.budgetsAbove.filter((kind) => {
    if ((kind === 'workspace' || kind === 'group') && place.container === null) return false;
    const state = connection.report[kind] ?? 'failed';
    return state === 'failed' || (state === 'partly' && !known.some((budget) => budget.kind === kind));
  });
  return connection.balance === null ? [...kinds, 'balance'] : kinds;
}

/** Collects bounds and sets of them, each once. */
class Book {
  readonly bounds: Bound[] = [];
  readonly stacks: { bounds: number[]; notKnown: readonly NotKnown[] }[] = [];
  private readonly boundsByName = new Map<string, number>();
  private readonly stacksByText = new Map<string, number>();

  bound(name: string, make: () => Bound): number {
    const known = this.boundsByName.get(name);
    if (known !== undefined) return known;
    this.boundsByName.set(name, this.bounds.length);
    return this.bounds.push(make()) - 1;
  }

  stack(bounds: number[], notKnown: readonly NotKnown[]): number {
    const text = `${bounds.join()} ${notKnown.join()}`;
    const known = this.stacksByText.get(text);
    if (known !== undefined) return known;
    this.stacksByText.set(text, this.stacks.length);
    return this.stacks.push({ bounds, notKnown }) - 1;
  }
}

function balanceBounds(book: Book, { id, balance }: BindsConnection): number[] {
  if (balance === null) return [];
  const amount = maxUsd(ZERO_USD, balance);
  const make = (): Bound => {
    return {
      kind: 'balance',
      name: null,
      amount,
      period: 'total',
      used: ZERO_USD,
      pool: `balance ${id}`,
      isPersonal: false,
    };
  };
  return [book.bound(`balance ${id}`, make)];
}

/** The bound of a budget for one person or all; one that counts each key apart has its use by key. */
function budgetBound(
  book: Book,
  budget: KnownBudget,
  who: string | null,
  facts: BindsFacts,
  connection: BindsConnection,
): number {
  const { counts } = budget.covers;
  if (counts === 'each_key') return book.bound(`budget ${budget.id}`, () => boundOf(budget, null, null));
  const person = counts === 'each_member' ? who : null;
  const pool = person === null ? `budget ${budget.id}` : `budget ${budget.id} of ${person}`;
  const drawn = person === null ? budget : { ...budget, covers: { ...budget.covers, members: [person] } };
  return book.bound(pool, () => boundOf(budget, usedTogether(drawn, facts, connection), pool));
}

type Account = {
  readonly facts: BindsFacts;
  readonly connection: BindsConnection;
  readonly find: (key: BindsKey) => readonly KnownBudget[];
  /** Budgets of people, of which a key without a maker may draw on one. */
  readonly personal: readonly KnownBudget[];
  /** Budgets that may count each person too, which nobody tells. */
  readonly untoldOfMembers: readonly KnownBudget[];
};

function addKey(book: Book, key: BindsKey, { facts, connection, find, personal, untoldOfMembers }: Account) {
  const own = find(key);
  const bounds = own.map((budget) => budgetBound(book, budget, key.maker, facts, connection));
  const notKnown = notKnownOf(connection, key, own);
  const isMakerMissed = key.maker === null && personal.some((budget) => isIn(budget, key));
  const mayMeetMaker =
    own.every(({ kind }) => kind !== 'member') && untoldOfMembers.some((budget) => isIn(budget, key));
  const others = notKnown.filter((part) => part !== 'member');
  const isMemberNotKnown = mayMeetMaker || others.length < notKnown.length;
  const stack = book.stack(
    [...bounds, ...balanceBounds(book, connection)],
    isMakerMissed ? [...others, 'maker'] : isMemberNotKnown ? [...others, 'member'] : notKnown,
  );
  const alone = own.find(({ covers }) => covers.counts === 'each_key');
  const used = alone ? usedOf(alone, [key.counters], connection.readAt, facts.now) : undefined;
  return { stack, used };
}

/**
 * What stands above keys. A guardrail's budget counts each assigned key, or each assigned member, apart (OpenRouter's
 * guardrail documentation); what its keys spent before the assignment in the same window is taken as counted. A
 * workspace's default guardrail may count each member too (the scope `workspace_default_member` of `GET /key`, which
 * only the key itself can ask): whether it does is not known.
 */
export function buildBinds(facts: BindsFacts): BindsWire {
  const book = new Book();
  const ofConnection: Record<number, number> = {};
  const ofContainer: Record<number, number> = {};
  const ofKey: Record<number, number> = {};
  const usedAlone: Record<number, Usd | null> = {};
  for (const connection of facts.connections) {
    const budgets = facts.budgets.filter(({ connectionId }) => connectionId === connection.id);
    const shared = budgets.filter(isOfContainers);
    const placed = (place: Place) => {
      const known = shared.filter((budget) => isIn(budget, place));
      const bounds = known.map((budget) => budgetBound(book, budget, null, facts, connection));
      return book.stack(
        [...bounds, ...balanceBounds(book, connection)],
        notKnownOf(connection, place, known),
      );
    };
    ofConnection[connection.id] = placed({ container: null });
    for (const { id, externalId, connectionId } of facts.containers) {
      if (connectionId === connection.id) ofContainer[id] = placed({ container: externalId });
    }
    const personal = budgets.filter(({ covers }) => covers.members !== null);
    const untoldOfMembers = budgets.filter(({ covers }) => covers.mayCountMembers === true);
    const account = { facts, connection, personal, untoldOfMembers, find: createFinder(budgets) };
    for (const key of facts.keys) {
      if (key.connectionId !== connection.id) continue;
      const { stack, used } = addKey(book, key, account);
      ofKey[key.id] = stack;
      if (used !== undefined) usedAlone[key.id] = used;
    }
  }
  return { bounds: book.bounds, stacks: book.stacks, ofConnection, ofContainer, ofKey, usedAlone };
}
