/** Every kind of write that Keyward makes at a provider. */
export const changeKinds = [
  'create_key',
  'set_limit',
  'rename_key',
  'disable_key',
  'enable_key',
  'set_labels',
  'set_expiry',
  'delete_key',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/**
 * The life of a write: planned, sent, then applied, refused (the provider said no) or unknown (it may
 * have happened); unknown is settled by looking.
 */
export const changeStates = [
  'planned',
  'sent',
  'applied',
  'refused',
  'unknown',
  'settled_applied',
  'settled_not_applied',
  'abandoned',
] as const;
export type ChangeState = (typeof changeStates)[number];
