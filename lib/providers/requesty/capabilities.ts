import { CAN, type Capabilities, cannot } from '@/lib/domain/connections/capabilities';
import type { Generation } from '@/lib/domain/connections/provider-kind';
import { usd } from '@/lib/domain/money/usd';

/** The longest range of one usage call, in days (Requesty docs). */
export const CURRENT_WINDOW_DAYS = 100;
/** The classic usage call spans at most so many days; it is asked day by day, and no further back. */
export const CLASSIC_WINDOW_DAYS = 31;

const current: Capabilities = {
  disable: cannot(
    'Requesty has no way to disable a key through its API; a low limit or deleting it remains.',
  ),
  rename: cannot('Requesty has no way to rename a key through its API.'),
  limitPeriods: ['monthly'],
  blockedLimit: cannot('At Requesty a limit of zero means no limit, so a key cannot be blocked with one.'),
  zeroLimitMeans: 'unlimited',
  lowestCap: usd('0.01'),
  unlimitedAtCreation: CAN,
  byokInLimit: cannot('Requesty has no setting for own provider keys (BYOK) on a key.'),
  expiryAtCreation: cannot('Requesty sets an expiry only on a key that exists already.'),
  expiryLater: CAN,
  expiryReadable: cannot("Requesty never tells a key's expiry; Keyward shows what it set itself."),
  permissionsAtCreation: CAN,
  permissionsLater: cannot("Requesty has no way to change a key's permissions through its API."),
  labels: CAN,
  containers: 'group',
  containerAtCreation: CAN,
  members: CAN,
  balance: CAN,
  budgets: CAN,
  budgetsAbove: ['group', 'member', 'project'],
  createdAt: cannot('Requesty does not tell when a key was created.'),
  lastUsed: cannot('Requesty does not tell when a key was last used.'),
  maskedLabel: cannot('Requesty shows no part of a secret after creation.'),
  usageByDay: CAN,
  usageByModel: CAN,
  usageTokens: CAN,
  usageToday: CAN,
  usageByHour: CAN,
  usageHistoryDays: null,
  usageWindowDays: CURRENT_WINDOW_DAYS,
};

const classic: Capabilities = {
  ...current,
  expiryAtCreation: cannot('The classic Requesty API has no expiry on keys.'),
  expiryLater: cannot('The classic Requesty API has no expiry on keys.'),
  expiryReadable: cannot('The classic Requesty API has no expiry on keys.'),
  labels: cannot('The classic Requesty API has no labels on keys.'),
  containers: null,
  containerAtCreation: cannot('The classic Requesty API has no groups.'),
  members: cannot('The classic Requesty API does not list members.'),
  budgets: cannot('The classic Requesty API tells no limits of groups or members.'),
  usageByModel: cannot('The classic Requesty API tells usage per key and day only, not per model.'),
  usageTokens: cannot('The classic Requesty API tells requests and spend only, no tokens.'),
  usageByHour: cannot('The classic Requesty API tells usage by the day only.'),
  usageHistoryDays: CLASSIC_WINDOW_DAYS,
  usageWindowDays: CLASSIC_WINDOW_DAYS,
};

export const requestyCapabilities: Record<Generation, Capabilities> = { current, classic };
