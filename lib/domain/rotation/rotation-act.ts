/** What happens in a rotation, as the audit log tells it. */
export const rotationActs = [
  'start',
  'watch',
  'wait',
  'retire',
  'stop_old',
  'finish',
  'go_back',
  'end_back',
  'fail',
] as const;
export type RotationAct = (typeof rotationActs)[number];
