import { z } from 'zod';

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
/** `waiting` is tried again until it is delivered, or failed for good. */
export type DeliveryState = (typeof deliveryStates)[number];

export const deliveryStateWords: Record<
  DeliveryState,
  { readonly label: string; readonly tone: 'neutral' | 'ok' | 'bad' }
> = {
  waiting: { label: 'Waiting', tone: 'neutral' },
  delivered: { label: 'Delivered', tone: 'ok' },
  failed: { label: 'Failed', tone: 'bad' },
};

export const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/**
 * Milliseconds until the next try after `attempts` failed ones: 15 seconds, each time four times longer, at most
 * six hours; and never earlier than the receiver asked for. Null when it is given up: after about 12 hours.
 */
export function nextTryIn(attempts: number, askedForMs = 0): number | null {
  if (attempts >= MAX_ATTEMPTS) return null;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 4 ** Math.max(0, attempts - 1));
  return Math.min(LONGEST_WAIT_MS, Math.max(wait, askedForMs));
}

export type DeliveryView = {
  readonly id: string;
  readonly channel: 'email' | 'webhook';
  /** The webhook's name, or the person's. */
  readonly target: string;
  /** The webhook's host, or the person's email address. */
  readonly address: string;
  readonly subject: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextTryAt: string | null;
  /** What the receiver answered: an HTTP status, or the mail server's. */
  readonly status: number | null;
  readonly failure: string | null;
  readonly createdAt: string;
  readonly deliveredAt: string | null;
  readonly isRepetition: boolean;
};

export type DeliveriesView = {
  /** Newest first. */
  readonly items: readonly DeliveryView[];
  readonly hasOlder: boolean;
};

export const listDeliveriesSchema = z.object({
  state: z.enum(deliveryStates).nullable().default(null),
  limit: z.number().int().min(1).max(500).default(50),
});

export const deliveryIdSchema = z.object({ deliveryId: z.uuid() });
