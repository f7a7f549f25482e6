/** A key that is disabled until it is deleted for good. Instants are ISO texts. */
export type WaitingDeletionView = {
  readonly keyId: number;
  readonly keyName: string;
  readonly connectionName: string;
  readonly deleteAfter: string;
  /** Null when Keyward asked for it itself. */
  readonly askedByName: string | null;
};
