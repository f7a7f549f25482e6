import type { ChangeKind, ChangeState } from '../changes/change';
import type { LimitSetting } from '../limits/decide-limit';
import type { UtcDay } from '../periods/utc-day';
import type { RotationAct } from '../rotation/rotation-act';
import type { KeyLabels, KeyPermissions } from './key-input';
import type { KeysTableWire } from './keys-table';
import type { RecentSpendWire } from './recent-spend';

/** One change of a key, with who and why. Instants are ISO texts. */
export type KeyChangeView = {
  readonly id: string;
  /** The key of the same line of succession that it was made on; null for this key itself. */
  readonly keyName: string | null;
  /**
   * `assign` gives it a team and an owner, the next two set or take away the day of its deletion, and a rotation has
   * steps: here alone.
   */
  readonly kind: ChangeKind | 'assign' | 'plan_delete' | 'cancel_delete' | `rotation.${RotationAct}`;
  readonly state: ChangeState;
  readonly actorName: string;
  readonly at: string;
  readonly before: unknown;
  /** What it became; what was wished for where it did not. */
  readonly after: unknown;
  readonly reason: string;
  /** Why it failed, with the provider's own words where it had any. */
  readonly failure: string | null;
  /** How an unknown outcome was settled. */
  readonly settlement: string | null;
};

/** What a key's own page shows, its row of the table included. */
export type KeyDetail = {
  /** The key table with this one key. */
  readonly table: KeysTableWire;
  /** Its last 30 UTC days. */
  readonly recent: RecentSpendWire;
  readonly externalId: string;
  readonly setting: LimitSetting;
  readonly labels: KeyLabels;
  readonly permissions: KeyPermissions | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly goneAt: string | null;
  readonly deletedAt: string | null;
  /** Who asked for the deletion that waits or was carried out; null when Keyward did. */
  readonly deleteAskedByName: string | null;
  /** The last UTC day with requests that Keyward knows of. */
  readonly lastUsedDay: UtcDay | null;
  /** The latest ones, newest first. */
  readonly changes: readonly KeyChangeView[];
  readonly hasMoreChanges: boolean;
};
