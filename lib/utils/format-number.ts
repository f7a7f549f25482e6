const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** The typographic minus: as wide as a plus, and never broken from its figure. */
export const MINUS = '−';

function withMinus(text: string): string {
  return text.replace('-', MINUS);
}

/** Whole number with thousands separators: `1,099,402`. */
export function formatCount(value: number): string {
  return withMinus(grouped.format(Object.is(Math.round(value), -0) ? 0 : value));
}

/** Short whole number for axes and tight places: `1.1M`. */
export function formatCountCompact(value: number): string {
  return withMinus(compact.format(value));
}

interface PercentOptions {
  digits?: number;
  /** Writes `+` before a rise, for differences. */
  signed?: boolean;
}

/** Fraction to percent: `0.098` is `9.8%`; a negative one carries a real minus. */
export function formatPercent(fraction: number, { digits = 1, signed = false }: PercentOptions = {}): string {
  const rounded = (Math.abs(fraction) * 100).toFixed(digits);
  if (Number(rounded) === 0) return `${rounded}%`;
  if (fraction < 0) return `${MINUS}${rounded}%`;
  return signed ? `+${rounded}%` : `${rounded}%`;
}

/** Count with its noun: `1 key`, `1,284 keys`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
