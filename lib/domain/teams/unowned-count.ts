/** Keys that exist and lack a team, an owner, or both. */
export type UnownedCount = {
  readonly keys: number;
  readonly withoutTeam: number;
  readonly withoutOwner: number;
};
