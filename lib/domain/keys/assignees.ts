/** Who a key can be given to. */
export type Assignees = {
  readonly teams: readonly { readonly id: number; readonly name: string }[];
  readonly owners: readonly { readonly id: string; readonly name: string }[];
};
