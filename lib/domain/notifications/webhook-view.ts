import type { DeliveryState } from './delivery';
import type { Topic } from './topic';
import type { WebhookFormat } from './webhook-input';

/** A webhook without its address and secret, which leave the server never again. */
export type WebhookView = {
  readonly id: string;
  readonly name: string;
  readonly format: WebhookFormat;
  readonly host: string;
  readonly topics: readonly Topic[];
  readonly isEnabled: boolean;
  readonly createdAt: string;
  readonly createdByName: string | null;
  readonly lastDelivery: {
    readonly state: DeliveryState;
    readonly at: string;
    readonly failure: string | null;
  } | null;
};

/** Shown once. Null for a format without signature. */
export type WebhookSecretView = { readonly webhookId: string; readonly secret: string | null };

/** How a test went. */
export type WebhookTestView = {
  readonly isDelivered: boolean;
  /** The answer's status; null when there was none. */
  readonly status: number | null;
  /** The beginning of the answer's text. */
  readonly answer: string;
  readonly failure: string | null;
  readonly durationMs: number;
};
