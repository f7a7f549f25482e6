import type { Transaction } from '@/lib/db/client';
import type { ChangeKind } from '@/lib/domain/changes/change';
import type { ProviderWrites } from '@/lib/providers/port';
import type { ConnectionRow } from '../connections/provider-gateway';

/** What a verb passes on to its change beside the person's wish. */
export type ChangeOptions = {
  /** The bulk run or saga that the change is a step of. */
  readonly parentId?: string | undefined;
  /** Throws when what the change was decided on is no longer so; in the transaction that plans it, the key held. */
  readonly requireStill?: ((tx: Transaction) => Promise<void>) | undefined;
};

export type PlannedChange<Result> = {
  readonly kind: ChangeKind;
  readonly connection: ConnectionRow;
  /** The key as it was when the change was decided on; null for a create. */
  readonly key: { readonly id: number; readonly name: string; readonly writtenAt: Date | null } | null;
  /** What was wished for, without secrets. */
  readonly wish: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly reason: string;
  readonly parentId?: string | undefined;
  readonly requireStill?: ChangeOptions['requireStill'];
  /** The answer carries a secret that nobody can show again: whoever asked confirms that it was seen. */
  readonly isSecretShown?: boolean | undefined;
  readonly send: (writes: ProviderWrites) => Promise<Result>;
  /** Brings the mirror to what the provider now holds; answers the key's id and what to record. */
  readonly mirror: (
    tx: Transaction,
    result: Result,
  ) => Promise<{ readonly keyId: number; readonly after: Readonly<Record<string, unknown>> }>;
};

export type AppliedChange<Result> = {
  readonly changeId: string;
  readonly keyId: number;
  readonly result: Result;
};
