import type { Usd } from '../money/usd';
import type { UtcDay } from '../periods/utc-day';

/** Which of a provider's answers a fact was read from. */
export type UsageSource = 'analytics' | 'activity' | 'usage' | 'usage_total';

/** What a key did on one UTC day with one model. `model` is null when the source does not tell it. */
export type UsageFact = {
  readonly keyExternalId: string;
  readonly day: UtcDay;
  readonly model: string | null;
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  /** Money spent at the provider, own provider keys (BYOK) not included. */
  readonly spend: Usd;
  /** Spend on the organization's own provider keys, as the provider tells it. */
  readonly byokSpend: Usd;
};
