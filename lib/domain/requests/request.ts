export const requestKinds = ['limit', 'new_key', 'enable_key', 'take_over'] as const;

/** What can be asked for. */
export type RequestKind = (typeof requestKinds)[number];

export const requestStates = [
  'open',
  'asked_back',
  'approved',
  'applied',
  'failed',
  'declined',
  'withdrawn',
  'lapsed',
] as const;

/**
 * `open` and `asked_back` wait for people; `approved` is being carried out, also while its outcome is unknown;
 * `failed` was approved and refused by the provider, and can be tried again.
 */
export type RequestState = (typeof requestStates)[number];

export const requestEventKinds = [
  'asked',
  'commented',
  'asked_back',
  'answered',
  'edited',
  'approved',
  'approved_by_rule',
  'basis_changed',
  'declined',
  'withdrawn',
  'lapsed',
  'sent',
  'applied',
  'refused',
  'unknown',
  'retried',
] as const;

export type RequestEventKind = (typeof requestEventKinds)[number];

/** Whether people may still decide on it. */
export function isUndecided(state: RequestState): boolean {
  return state === 'open' || state === 'asked_back';
}
