/**
 * The value below which `share` of the samples lie (nearest rank).
 * @param {readonly number[]} samples at least one
 * @param {number} share from 0 to 1
 */
export function quantile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** @param {readonly number[]} samples */
export const median = (samples) => quantile(samples, 0.5);

/** @param {readonly number[]} samples */
export const p95 = (samples) => quantile(samples, 0.95);
