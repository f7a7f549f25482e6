/** What became of a key that someone deleted. */
export type DeletedKey =
  | { readonly kind: 'deleted'; readonly changeId: string }
  /** Disabled now, deleted for good after that moment (ISO). No change when it was disabled already. */
  | { readonly kind: 'waiting'; readonly changeId: string | null; readonly deleteAfter: string };

/** What became of a key whose deletion was taken back. */
export type RestoredKey = {
  readonly changeId: string | null;
  /** False: it stays disabled, as it was before, or as nobody holds its secret. */
  readonly isEnabled: boolean;
  readonly isSecretLost: boolean;
};
