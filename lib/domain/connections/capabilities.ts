import type { BudgetKind } from '../binds/bound';
import type { Usd } from '../money/usd';
import type { LimitPeriod } from '../periods/limit-period';

/** Whether a provider can do a thing; when it cannot, the reason is shown to people as it stands. */
export type Support = { readonly can: true } | { readonly can: false; readonly reason: string };

export const CAN: Support = { can: true };
export function cannot(reason: string): Support {
  return { can: false, reason };
}

/** What the account divides its keys by, and what people there call it. */
export type ContainerKind = 'workspace' | 'group';

export const keyPermissionLevels = ['none', 'read', 'write'] as const;

/**
 * What one connection's provider can do. The interface is drawn from this alone: no component asks
 * for a provider's name. The contract suite proves every cell against the emulators.
 */
export type Capabilities = {
  readonly disable: Support;
  readonly rename: Support;
  readonly limitPeriods: readonly [LimitPeriod, ...LimitPeriod[]];
  readonly blockedLimit: Support;
  /** What the number zero means as a limit on the provider's wire. */
  readonly zeroLimitMeans: 'blocked' | 'unlimited';
  /** The smallest cap offered where a key cannot be disabled. */
  readonly lowestCap: Usd;
  readonly unlimitedAtCreation: Support;
  readonly byokInLimit: Support;
  readonly expiryAtCreation: Support;
  readonly expiryLater: Support;
  readonly expiryReadable: Support;
  readonly permissionsAtCreation: Support;
  readonly permissionsLater: Support;
  readonly labels: Support;
  readonly containers: ContainerKind | null;
  readonly containerAtCreation: Support;
  readonly members: Support;
  readonly balance: Support;
  readonly budgets: Support;
  /** The kinds of limits that can stand above a key, whether they can be read or not. */
  readonly budgetsAbove: readonly [BudgetKind, ...BudgetKind[]];
  readonly createdAt: Support;
  readonly lastUsed: Support;
  readonly maskedLabel: Support;
  readonly usageByDay: Support;
  readonly usageByModel: Support;
  readonly usageTokens: Support;
  readonly usageToday: Support;
  /** Requests of the last hour can be counted. */
  readonly usageByHour: Support;
  /** How many days back usage can be read; null when the provider states no bound. */
  readonly usageHistoryDays: number | null;
  /** The longest range one usage call may span, in days. */
  readonly usageWindowDays: number;
};

type SupportName = {
  [Name in keyof Capabilities]: Capabilities[Name] extends Support ? Name : never;
}[keyof Capabilities];

/** The words of the capability matrix, in the order it is shown. */
export const capabilityWords: readonly (readonly [SupportName, string])[] = [
  ['disable', 'Disable and enable a key'],
  ['rename', 'Rename a key'],
  ['blockedLimit', 'Block a key with a limit'],
  ['unlimitedAtCreation', 'Create a key without a limit'],
  ['byokInLimit', 'Count own provider keys (BYOK) in the limit'],
  ['expiryAtCreation', 'Set an expiry when creating'],
  ['expiryLater', 'Change the expiry later'],
  ['expiryReadable', 'Read the expiry back'],
  ['permissionsAtCreation', 'Choose permissions when creating'],
  ['permissionsLater', 'Change permissions later'],
  ['labels', 'Label a key'],
  ['containerAtCreation', 'Choose the workspace or group when creating'],
  ['members', 'Read the members of the account'],
  ['balance', 'Read the balance'],
  ['budgets', 'Read the budgets above keys'],
  ['createdAt', 'Know when a key was created'],
  ['lastUsed', 'Know when a key was last used'],
  ['maskedLabel', 'Show part of the secret'],
  ['usageByDay', 'Usage by day'],
  ['usageByModel', 'Usage by model'],
  ['usageTokens', 'Usage in tokens'],
  ['usageToday', "Today's usage"],
  ['usageByHour', 'Requests of the last hour'],
];
