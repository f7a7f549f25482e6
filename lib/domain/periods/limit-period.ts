/** How often a limit starts anew; `total` never does. */
export const limitPeriods = ['daily', 'weekly', 'monthly', 'total'] as const;
export type LimitPeriod = (typeof limitPeriods)[number];

const DAY_MS = 86_400_000;

/**
 * When the window that holds `at` began: midnight UTC, Monday, the 1st; null for `total`.
 * Source: OpenRouter's limit documentation; for Requesty the calendar month in UTC is inferred.
 */
export function periodStart(period: LimitPeriod, at: Date): Date | null {
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  switch (period) {
    case 'daily':
      return new Date(midnight);
    case 'weekly':
      return new Date(midnight - ((at.getUTCDay() + 6) % 7) * DAY_MS);
    case 'monthly':
      return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
    case 'total':
      return null;
  }
}

/** When the window that holds `at` ends and the next one begins; null for `total`. */
export function periodEnd(period: LimitPeriod, at: Date): Date | null {
  const start = periodStart(period, at);
  switch (period) {
    case 'daily':
      return start && new Date(start.getTime() + DAY_MS);
    case 'weekly':
      return start && new Date(start.getTime() + 7 * DAY_MS);
    case 'monthly':
      return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
    case 'total':
      return null;
  }
}
