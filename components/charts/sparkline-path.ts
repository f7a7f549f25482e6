export interface SparklinePath {
  /** All bars but the last, and the marks of days without data. */
  bars: string;
  /** The last bar, drawn stronger; empty when that day has no data. */
  last: string;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function rect(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

/**
 * Bars scaled to the highest day. A day of zero is a sliver on the ground; a day without data is a dash that
 * floats at half height, so that the two are never mistaken.
 */
export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): SparklinePath {
  const slot = width / Math.max(1, values.length);
  const barWidth = Math.max(1, slot * 0.68);
  const highest = values.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  const parts = values.map((value, index) => {
    const x = index * slot;
    if (value === null) return rect(x, height / 2 - 0.5, barWidth, 1);
    const size = highest > 0 ? Math.max(0.8, (value / highest) * height) : 0.8;
    return rect(x, height - size, barWidth, size);
  });
  const last = values.at(-1) === null ? '' : (parts.pop() ?? '');
  return { bars: parts.join(''), last };
}
