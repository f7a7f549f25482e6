import type { Usd } from '../money/usd';
import type { Capabilities, ContainerKind } from './capabilities';
import type { Generation, ProviderKind } from './provider-kind';

export type ReadState = 'never' | 'running' | 'complete' | 'partial' | 'failed' | 'cancelled';

/** How one kind of read of a connection stands. Instants are ISO texts. */
export type ReadView = {
  readonly id: string | null;
  readonly state: ReadState;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  /** When the last complete read ended: how old what you see is. */
  readonly lastCompleteAt: string | null;
};

export type ConnectionView = {
  readonly id: number;
  readonly provider: ProviderKind;
  readonly name: string;
  readonly baseUrl: string;
  readonly generation: Generation;
  readonly state: 'active' | 'paused';
  readonly accountName: string | null;
  readonly keyTail: string;
  readonly keySetAt: string;
  readonly keyCount: number;
  readonly balance: Usd | null;
  readonly balanceAt: string | null;
  readonly containers: readonly { id: number; kind: ContainerKind; name: string; isDefault: boolean }[];
  readonly capabilities: Capabilities;
  readonly keysRead: ReadView;
  readonly usageRead: ReadView;
};

/** What "Test" reports, ready to be shown. */
export type ConnectionReportView = {
  readonly generation: Generation;
  readonly accountName: string | null;
  readonly keyCount: number;
  readonly containerCount: number;
  readonly balance: Usd | null;
  readonly rights: readonly { readonly name: string; readonly isPresent: boolean | null }[];
  readonly capabilities: Capabilities;
  /** The key itself, where the provider lists it among the keys and says which it is. */
  readonly ownKeyExternalId: string | null;
};
