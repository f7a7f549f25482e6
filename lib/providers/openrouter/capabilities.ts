import { CAN, type Capabilities, cannot } from '@/lib/domain/connections/capabilities';
import { usd } from '@/lib/domain/money/usd';

/** How far back analytics answers for the dimensions used here (OpenRouter docs). */
export const ANALYTICS_HISTORY_DAYS = 365;
/** `/activity` knows this many completed UTC days (OpenRouter docs). */
export const ACTIVITY_HISTORY_DAYS = 30;

export const openRouterCapabilities: Capabilities = {
  disable: CAN,
  rename: CAN,
  limitPeriods: ['daily', 'weekly', 'monthly', 'total'],
  blockedLimit: CAN,
  zeroLimitMeans: 'blocked',
  lowestCap: usd('0.01'),
  unlimitedAtCreation: CAN,
  byokInLimit: CAN,
  expiryAtCreation: CAN,
  expiryLater: cannot("OpenRouter sets a key's expiry only when the key is created."),
  expiryReadable: CAN,
  permissionsAtCreation: cannot('OpenRouter keys carry no permissions to choose.'),
  permissionsLater: cannot('OpenRouter keys carry no permissions to change.'),
  labels: cannot('OpenRouter has no labels on keys.'),
  containers: 'workspace',
  containerAtCreation: CAN,
  members: CAN,
  balance: CAN,
  budgets: CAN,
  budgetsAbove: ['guardrail', 'member', 'workspace'],
  createdAt: CAN,
  lastUsed: CAN,
  maskedLabel: CAN,
  usageByDay: CAN,
  usageByModel: CAN,
  usageTokens: CAN,
  usageToday: CAN,
  usageByHour: CAN,
  usageHistoryDays: ANALYTICS_HISTORY_DAYS,
  usageWindowDays: ANALYTICS_HISTORY_DAYS,
};
