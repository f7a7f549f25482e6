/** How many days a deleted key stays disabled before it is deleted for good. */
export type DeleteGrace = { readonly days: number };

export const DEFAULT_GRACE_DAYS = 7;
export const MOST_GRACE_DAYS = 90;

const DAY_MS = 86_400_000;

/** When a key that is deleted now goes for good. */
export function deleteAfterOf(now: Date, { days }: DeleteGrace): Date {
  return new Date(now.getTime() + days * DAY_MS);
}
