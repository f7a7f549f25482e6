/** What is wrong with the first bad row of the audit chain. */
export type ChainFaultKind =
  /** A row of this number should be there and is not. */
  | 'missing'
  /** It does not follow the row before it: one of the two was exchanged, moved or put in. */
  | 'link'
  /** Its content is not what its hash was made of. */
  | 'content'
  /** The newest row is not the one that the head names. */
  | 'head'
  /** It stands behind the head, so it was not added by Keyward. */
  | 'beyond_head'
  /** It is gone with all after it, though a later one was anchored outside the database. */
  | 'cut'
  /** It or a later one was made anew: another row was anchored outside the database. */
  | 'rewritten';

export type ChainReport = {
  /** Every row up to this one is as it was written; 0 when not even the first is. */
  readonly verifiedTo: number;
  /** The number of the newest row by the head. */
  readonly head: number;
  readonly fault: { readonly seq: number; readonly kind: ChainFaultKind } | null;
  readonly checkedAt: string;
};
