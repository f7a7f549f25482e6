import type { Capabilities } from '@/lib/domain/connections/capabilities';
import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { Provider, ProviderConfig } from '@/lib/providers/port';
import type { Control } from './control';

/** A key as the emulator truly holds it, in the words of its own API. */
export type TrueKey = {
  readonly id: string;
  readonly name: string;
  readonly isDeleted: boolean;
  readonly isDisabled: boolean;
  /** The limit as it stands on the vendor's wire: `null`, `0`, `49.99`. */
  readonly wireLimit: string;
  readonly wireReset: string | null;
  readonly secret: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly expiresAt: string | null;
  readonly containerId: string | null;
  readonly permissions: unknown;
  readonly includeByok: boolean | null;
  /** Spend of the current UTC month, exact. */
  readonly monthSpend: string;
};

/** Routes of a single call each, for faults. */
export type Routes = {
  readonly readKey: string;
  readonly create: string;
  readonly setLimit: string;
  readonly remove: string;
};

export type StartOptions = { readonly keys?: number; readonly historyDays?: number };

export type Bench = {
  readonly baseUrl: string;
  readonly managementKey: string;
  readonly control: Control;
  readonly routes: Routes;
  readonly now: () => Date;
  readonly today: () => UtcDay;
  open(overrides?: Partial<ProviderConfig>): Provider;
  /** Every key that the account ever had. */
  trueKeys(): Promise<TrueKey[]>;
  /** Makes a key past the API whose limit is zero on the wire. */
  makeZeroLimitKey(name: string): Promise<void>;
  close(): Promise<void>;
};

export type ContractTarget = {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** The provider lists the management key among the keys and says which it is. */
  readonly tellsOwnKey: boolean;
  start(options?: StartOptions): Promise<Bench>;
};

/** A Thursday in the middle of a month, so that day, week and month all began at different times. */
export const CONTRACT_NOW = '2026-08-20T15:30:00.000Z';
