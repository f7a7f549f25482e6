import type { ChangeKind, ChangeState } from '../changes/change';
import type { LimitSetting } from '../limits/decide-limit';
import type { KeyLabels, KeyPermissions } from './key-input';
import type { KeysTableConnection } from './keys-table';

/** One change of a key, with who and why. Instants are ISO texts. */
export type KeyChangeView = {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly state: ChangeState;
  readonly actorName: string;
  readonly at: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
  /** What the provider said when it refused. */
  readonly failure: string | null;
};

/** What a key's own page shows beyond its row of the table. */
export type KeyDetail = {
  readonly id: number;
  readonly name: string;
  readonly externalId: string;
  readonly connection: KeysTableConnection;
  readonly setting: LimitSetting;
  readonly labels: KeyLabels;
  readonly permissions: KeyPermissions | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly goneAt: string | null;
  readonly deletedAt: string | null;
  readonly changes: readonly KeyChangeView[];
};
